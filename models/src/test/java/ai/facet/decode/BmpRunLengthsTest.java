package ai.facet.decode;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BmpRunLengthsTest {
    /** Each step goes 255 pixels to the right; 8.4 million of them would make the place negative. */
    @Test
    void stepsOutOfThePictureEndAtOnce() {
        ByteReader steps = new ByteReader(new byte[] {0, 2, (byte) 255, 0, 0, 2, (byte) 255, 0, 0, 1}, "steps.bmp");

        assertThatThrownBy(() -> BmpRunLengths.expand(steps, 100, 100))
                .isInstanceOf(ImageDecodeException.class)
                .hasMessageContaining("steps.bmp")
                .hasMessageContaining("its run lengths leave the picture");
    }
}
