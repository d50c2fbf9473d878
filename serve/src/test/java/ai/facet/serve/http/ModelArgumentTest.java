package ai.facet.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.cli.UserException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelArgumentTest {
    @ParameterizedTest
    @ValueSource(strings = {"bundles/person", "runs/lr=0.01/bundle", "./lr=0.01/bundle", "/data/a=b"})
    void paths(String path) {
        assertThat(ModelArgument.parse(path)).isEqualTo(new ModelArgument(null, Path.of(path)));
    }

    @Test
    void nameAndPath() {
        assertThat(ModelArgument.parse("one=runs/lr=0.01/bundle"))
                .isEqualTo(new ModelArgument("one", Path.of("runs/lr=0.01/bundle")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"my model=bundle", "=bundle", "one="})
    void refusesWhatIsNeither(String argument) {
        assertThatThrownBy(() -> ModelArgument.parse(argument))
                .isInstanceOf(UserException.class)
                .hasMessageContainingAll("--model " + argument, "expected");
    }
}
