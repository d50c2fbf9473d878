package ai.facet.train.report;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.EpochMetrics.AttributeMetrics;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFileTest {
    @TempDir
    private Path folder;

    /** Expected: tensorboard's {@code RecordWriter(f).write(Event(wall_time=1.7e9, file_version="brain.Event:2"))}. */
    @Test
    void theFirstRecordIsWhatTensorBoardsWriterGives() throws IOException {
        TensorBoardFile.begin(folder, List.of(), at(1_700_000_000));

        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file())))
                .isEqualTo("1800000000000000a37f4b220900000040fc54d9411a0d627261696e2e4576656e743a32eced8f9d");
    }

    @Test
    void holdsEveryEpochsScalarsAtItsStep() throws IOException {
        TensorBoardFile file = TensorBoardFile.begin(folder, List.of(epoch(1)), at(1_700_000_000));
        file.append(epoch(2));

        List<Map<String, Float>> events = events(file());

        assertThat(events).hasSize(3);
        assertThat(events.get(2))
                .containsEntry("step", 20f)
                .containsEntry("loss/training", 0.5f)
                .containsEntry("loss/validation", 0.75f)
                .containsEntry("mean/balanced_accuracy", 0.25f)
                .containsEntry("run/learning_rate", 0.125f)
                .containsEntry("run/images_per_second", 300f)
                .containsEntry("accuracy/age", 0.5f)
                .containsEntry("balanced_accuracy/age", 0.25f)
                .containsEntry("macro_f1/age", 0.375f)
                .containsEntry("calibration_error/age", 0.0625f)
                .hasSize(10);
    }

    @Test
    void aRunThatGoesOnForgetsWhatItsCheckpointDoesNotKnow() throws IOException {
        TensorBoardFile.begin(folder, List.of(epoch(1), epoch(2), epoch(3)), at(1_700_000_000));
        TensorBoardFile.begin(folder, List.of(epoch(1)), at(1_700_000_100));

        assertThat(events(file())).hasSize(2);
    }

    private static Clock at(long second) {
        return Clock.fixed(Instant.ofEpochSecond(second), ZoneOffset.UTC);
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static EpochMetrics epoch(int number) {
        AttributeMetrics age = new AttributeMetrics("age", 0.5, 0.4, 0.25, 0.375, 0.0625);
        return new EpochMetrics(number, number * 10L, 0.125, 0.5, 0.75, 3, 300, List.of(age));
    }

    /** Skips the checksums, which the golden record shows. */
    private static List<Map<String, Float>> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Map<String, Float>> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] message = new byte[Math.toIntExact(bytes.getLong())];
            bytes.getInt();
            bytes.get(message);
            bytes.getInt();
            events.add(event(CodedInputStream.newInstance(message)));
        }
        return events;
    }

    private static Map<String, Float> event(CodedInputStream in) throws IOException {
        Map<String, Float> values = new TreeMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 2 -> values.put("step", (float) in.readInt64());
                case 5 -> readSummary(CodedInputStream.newInstance(in.readByteArray()), values);
                default -> in.skipField(tag);
            }
        }
        return values;
    }

    private static void readSummary(CodedInputStream in, Map<String, Float> values) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            CodedInputStream value = CodedInputStream.newInstance(in.readByteArray());
            value.readTag();
            String name = value.readString();
            value.readTag();
            values.put(name, value.readFloat());
        }
    }
}
