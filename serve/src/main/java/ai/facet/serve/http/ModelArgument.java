package ai.facet.serve.http;

import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A value of {@code --model}: {@code [NAME=]BUNDLE}. Folders may have {@code =} in their names, so what stands before it
 * is a name only if it can be one.
 *
 * @param name null for the model's own
 */
record ModelArgument(@Nullable String name, Path path) {
    static ModelArgument parse(String argument) {
        int equals = argument.indexOf('=');
        String before = argument.substring(0, Math.max(0, equals));
        if (ModelDescription.isName(before)) {
            if (equals == argument.length() - 1) {
                throw UserException.badArguments("--model " + argument + " names no bundle; expected [NAME=]BUNDLE");
            }
            return new ModelArgument(before, Path.of(argument.substring(equals + 1)));
        }
        Path whole = Path.of(argument);
        boolean meantAsName = equals >= 0 && before.indexOf('/') < 0 && before.indexOf('\\') < 0;
        if (meantAsName && !Files.exists(whole)) {
            throw UserException.badArguments("--model " + argument + ": \"" + before
                    + "\" cannot be a name; expected letters, digits, '.', '_' and '-', first a letter or digit");
        }
        return new ModelArgument(null, whole);
    }
}
