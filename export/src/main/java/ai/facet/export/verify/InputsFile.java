package ai.facet.export.verify;

import ai.djl.ndarray.types.DataType;
import ai.facet.export.parity.ImageBatch;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Batches on their way to a child process: a count; for each its number of axes, the axes, the bytes. */
final class InputsFile {
    private InputsFile() {}

    static void write(Path file, List<ImageBatch> batches) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(batches.size());
            for (ImageBatch batch : batches) {
                out.writeInt(batch.shape().size());
                for (long axis : batch.shape()) {
                    out.writeLong(axis);
                }
                out.writeInt(batch.bytes().length);
                out.write(batch.bytes());
            }
        }
    }

    static List<ImageBatch> read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            List<ImageBatch> batches = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int axes = in.readInt();
                List<Long> shape = new ArrayList<>();
                for (int axis = 0; axis < axes; axis++) {
                    shape.add(in.readLong());
                }
                batches.add(new ImageBatch(in.readNBytes(in.readInt()), DataType.UINT8, shape));
            }
            return batches;
        }
    }
}
