package ai.facet.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.files.AtomicFiles;
import ai.facet.network.Presets;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointTest {
    @TempDir
    Path temp;

    @Test
    void readsBackWhatItWrote() throws IOException {
        Checkpoint read = Checkpoint.read(write("a"));

        assertThat(read.description()).isEqualTo(checkpoint().description());
        assertThat(read.state()).isEqualTo("{\"step\":3}");
        assertThat(read.weights().keySet()).containsExactly("base.conv1.weight", "base.conv1.bias");
        assertThat(tensor(read, "optimizer/momentum/base.conv1.bias").toFloats())
                .containsExactly(Float.MIN_VALUE, -0f);
        assertThat(tensor(read, "weights/base.conv1.weight").shape()).containsExactly(2L, 1L, 1L, 3L);
    }

    @Test
    void sameCheckpointGivesSameBytes() throws IOException {
        assertThat(write("a")).hasSameBinaryContentAs(write("b"));
    }

    /** The format as its specification states it, read by hand. */
    @Test
    void isASafetensorsFile() throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(write("a"))).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = (int) file.getLong(0);
        String header = new String(file.array(), 8, headerBytes, StandardCharsets.UTF_8);

        assertThat(headerBytes % 8).isZero();
        assertThat(header)
                .startsWith("{\"__metadata__\":{")
                .contains(
                        "\"weights/base.conv1.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,1,3],\"data_offsets\":[0,24]}");
        assertThat(file.getFloat(8 + headerBytes + 4)).isEqualTo(2f);
        assertThat(file.capacity()).isEqualTo(8 + headerBytes + 24 + 8 + 8);
    }

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(write("a"));
        for (int length = 0; length < whole.length; length++) {
            Path cut = temp.resolve("cut.safetensors");
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Checkpoint.read(cut))
                    .as("cut to %d of %d bytes", length, whole.length)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("cut.safetensors");
        }
    }

    @Test
    void everyChangedByteOfTheDataIsNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(write("a"));
        for (int i = whole.length - 40; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x10;
            Path file = temp.resolve("changed.safetensors");
            Files.write(file, changed);
            assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("SHA-256");
        }
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        long seed = 20261123;
        Random random = new Random(seed);
        byte[] whole = Files.readAllBytes(write("a"));
        Path file = temp.resolve("mutated.safetensors");
        for (int i = 0; i < 3000; i++) {
            byte[] changed = whole.clone();
            int at = random.nextInt(changed.length);
            changed[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(file, changed);
            try {
                Checkpoint read = Checkpoint.read(file);
                fail("seed %d, round %d: byte %d of %s changed unnoticed", seed, i, at, read);
            } catch (CheckpointException expected) {
                assertThat(expected).as("seed %d, round %d", seed, i).hasMessageContaining("mutated.safetensors");
            }
        }
    }

    @Test
    void aFileWithoutItsHashIsNoCheckpoint() throws IOException {
        byte[] bytes = Files.readAllBytes(write("a"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("\"sha256\"", "\"sha257\"");
        Path file = temp.resolve("renamed.safetensors");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Checkpoint.read(file)).hasMessageContaining("the metadata has no sha256");
    }

    @Test
    void aFolderIsNoCheckpoint() {
        assertThatThrownBy(() -> Checkpoint.read(temp)).hasMessageContaining(temp + " is a folder");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}} | data_offsets",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | dimension -1",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}} | overflow",
                "{\"a\":{\"dtype\":\"F99\",\"shape\":[1],\"data_offsets\":[0,4]}} | expected one of [F32",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1000000],\"data_offsets\":[0,4000000]}} | It was cut",
                "{} | has 4 bytes of data; expected 0",
                "[] | expected a JSON object",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}} | no facet.model"
            })
    void refusesHeadersThatDoNotFit(String header, String message) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        Path file = temp.resolve("odd.safetensors");
        Files.write(file, bytes.array());

        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("odd.safetensors")
                .hasMessageContaining(message);
    }

    private static Tensor tensor(Checkpoint checkpoint, String name) {
        return java.util.Objects.requireNonNull(checkpoint.tensors().get(name), name);
    }

    private Path write(String name) throws IOException {
        Path file = temp.resolve(name + ".safetensors");
        checkpoint().write(file, AtomicFiles.real());
        return file;
    }

    private static Checkpoint checkpoint() {
        ModelDescription description = new ModelDescription(
                "tiny",
                new AttributeSchema(List.of(new Attribute("bag", "Bag", List.of("None", "Bäg/\"x\"")))),
                Preprocessing.square(32),
                Presets.byName("facet-s"),
                List.of(new Calibration(1.5, 0.25)),
                Map.of("seed", 7L),
                "Apache-2.0");
        return Checkpoint.of(
                description,
                "{\"step\":3}",
                List.of(
                        Tensor.ofFloats(
                                "weights/base.conv1.weight", List.of(2L, 1L, 1L, 3L), new float[] {1, 2, 3, 4, 5, 6}),
                        Tensor.ofFloats("weights/base.conv1.bias", List.of(2L), new float[] {0.5f, -0.5f}),
                        Tensor.ofFloats(
                                "optimizer/momentum/base.conv1.bias", List.of(2L), new float[] {Float.MIN_VALUE, -0f
                                })));
    }
}
