package ai.facet.export.verify;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a child process found, on its way back: the median, a count of batches; for each a count of outputs; for each its
 * name, its length, its values.
 *
 * @param medianMillis of one image
 * @param outputs of each batch, by name
 */
record RoadResults(double medianMillis, List<Map<String, float[]>> outputs) {
    /** More than any signature has; a process that ran foreign code is not believed. */
    private static final int MOST_OUTPUTS = 10_000;

    private static final int MOST_VALUES = 1 << 24;

    void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            out.writeDouble(medianMillis);
            out.writeInt(outputs.size());
            for (Map<String, float[]> batch : outputs) {
                out.writeInt(batch.size());
                for (Map.Entry<String, float[]> output : batch.entrySet()) {
                    out.writeUTF(output.getKey());
                    out.writeInt(output.getValue().length);
                    for (float value : output.getValue()) {
                        out.writeFloat(value);
                    }
                }
            }
        }
    }

    static RoadResults read(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            double median = in.readDouble();
            int count = bounded(in.readInt(), MOST_OUTPUTS);
            List<Map<String, float[]>> outputs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                outputs.add(readBatch(in));
            }
            return new RoadResults(median, outputs);
        }
    }

    private static Map<String, float[]> readBatch(DataInputStream in) throws IOException {
        Map<String, float[]> batch = new LinkedHashMap<>();
        int count = bounded(in.readInt(), MOST_OUTPUTS);
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            float[] values = new float[bounded(in.readInt(), MOST_VALUES)];
            for (int k = 0; k < values.length; k++) {
                values[k] = in.readFloat();
            }
            batch.put(name, values);
        }
        return batch;
    }

    private static int bounded(int count, int most) throws IOException {
        if (count < 0 || count > most) {
            throw new IOException("a count of results is " + count + "; expected 0 to " + most);
        }
        return count;
    }
}
