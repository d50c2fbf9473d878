package ai.facet.train.report;

import ai.facet.files.AtomicFiles;
import ai.facet.train.loop.EpochMetrics;
import ai.facet.train.loop.EpochMetrics.AttributeMetrics;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The epochs of a run as scalars that TensorBoard shows: {@code tensorboard --logdir runs}. There is no well-kept Java
 * library that writes this format; it is a sequence of TFRecords (length, checksums, message), each an {@code Event} of
 * TensorFlow's {@code event.proto}.
 *
 * <p>TensorBoard follows a file while it grows, so epochs are appended. A process that goes on with a run writes a new
 * file with the epochs that its checkpoint knows and removes the others: what came after the checkpoint happens again.
 */
public final class TensorBoardFile {
    private static final String PREFIX = "events.out.tfevents.";
    private static final int MASK = 0xa282ead8; // of TFRecord checksums

    // field numbers of event.proto and summary.proto
    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE = 2;

    private final Path file;
    private final Clock clock;

    private TensorBoardFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Replaces the folder's files of this kind by one.
     *
     * @param history epochs so far
     */
    public static TensorBoardFile begin(Path folder, List<EpochMetrics> history, Clock clock) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path stale : old) {
                Files.delete(stale);
            }
        }
        TensorBoardFile begun =
                new TensorBoardFile(folder.resolve(PREFIX + clock.instant().getEpochSecond() + ".facet"), clock);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.writeBytes(record(begun.version()));
        for (EpochMetrics epoch : history) {
            records.writeBytes(record(begun.event(epoch)));
        }
        AtomicFiles.real().write(begun.file, records.toByteArray());
        return begun;
    }

    /** Adds an epoch. */
    public void append(EpochMetrics epoch) throws IOException {
        Files.write(file, record(event(epoch)), StandardOpenOption.APPEND);
    }

    private byte[] version() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeDouble(EVENT_WALL_TIME, seconds());
        out.writeString(EVENT_FILE_VERSION, "brain.Event:2");
        out.flush();
        return bytes.toByteArray();
    }

    private byte[] event(EpochMetrics epoch) throws IOException {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        CodedOutputStream values = CodedOutputStream.newInstance(summary);
        scalar(values, "loss/training", epoch.trainLoss());
        scalar(values, "loss/validation", epoch.validationLoss());
        scalar(values, "mean/balanced_accuracy", epoch.score());
        scalar(values, "run/learning_rate", epoch.learningRate());
        scalar(values, "run/images_per_second", epoch.imagesPerSecond());
        for (AttributeMetrics attribute : epoch.attributes()) {
            scalar(values, "accuracy/" + attribute.id(), attribute.accuracy());
            scalar(values, "balanced_accuracy/" + attribute.id(), attribute.balancedAccuracy());
            scalar(values, "macro_f1/" + attribute.id(), attribute.macroF1());
            scalar(values, "calibration_error/" + attribute.id(), attribute.calibrationError());
        }
        values.flush();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeDouble(EVENT_WALL_TIME, seconds());
        out.writeInt64(EVENT_STEP, epoch.step());
        out.writeByteArray(EVENT_SUMMARY, summary.toByteArray());
        out.flush();
        return bytes.toByteArray();
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }

    private static void scalar(CodedOutputStream summary, String tag, double value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(VALUE_TAG, tag);
        out.writeFloat(VALUE_SIMPLE, (float) value);
        out.flush();
        summary.writeByteArray(SUMMARY_VALUE, bytes.toByteArray());
    }

    /** Length, its checksum, the message, its checksum; all little-endian. */
    private static byte[] record(byte[] message) {
        ByteBuffer record = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + message.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(message.length);
        record.putInt(checksum(record.duplicate().flip()));
        record.put(message);
        record.putInt(checksum(ByteBuffer.wrap(message)));
        return record.array();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }
}
