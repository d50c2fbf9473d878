package ai.facet.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PictureFilesTest {
    @Test
    void aFolderThatCannotBeReadIsNamed() {
        Stream<Path> walk = Stream.of(Path.of("photos")).peek(path -> {
            throw new UncheckedIOException(new AccessDeniedException("photos/private"));
        });

        assertThatThrownBy(() -> PictureFiles.pictures(walk))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("photos/private", "permission denied");
    }
}
