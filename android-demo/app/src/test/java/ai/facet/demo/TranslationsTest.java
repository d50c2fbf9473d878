package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.Test;

/** Every language has every text, with the same arguments. */
public final class TranslationsTest {
    private static final Path RESOURCES = Path.of("app/src/main/res");
    private static final Pattern TEXT =
            Pattern.compile("<(?:string|plurals) name=\"(\\w+)\">(.*?)</(?:string|plurals)>", Pattern.DOTALL);
    private static final Pattern ARGUMENT = Pattern.compile("%\\d\\$[.\\d]*[a-z]");

    @Test
    public void germanHasEveryTextAndArgument() throws Exception {
        Map<String, List<String>> english = arguments("values");

        assertThat(english).hasSizeGreaterThan(30);
        assertThat(arguments("values-de")).isEqualTo(english);
    }

    private static Map<String, List<String>> arguments(String folder) throws Exception {
        Map<String, List<String>> arguments = new TreeMap<>();
        TEXT.matcher(Files.readString(RESOURCES.resolve(folder).resolve("strings.xml")))
                .results()
                .forEach(text -> arguments.put(
                        text.group(1),
                        ARGUMENT.matcher(text.group(2))
                                .results()
                                .map(found -> found.group())
                                .distinct()
                                .sorted()
                                .toList()));
        return arguments;
    }
}
