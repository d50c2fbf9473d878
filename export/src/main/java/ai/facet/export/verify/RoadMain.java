package ai.facet.export.verify;

import ai.facet.cli.FacetCommands;
import ai.facet.export.parity.ImageBatch;
import ai.facet.export.parity.Road;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The child process: loads one file, runs the batches, stores logits and latency. Says on standard output what it is
 * about to do, so that its end can be explained.
 */
final class RoadMain {
    /** Begins a line that tells what comes next. */
    static final String PHASE = "facet-verify-phase ";

    static final String LOADED = "loaded";
    static final String RAN = "ran";
    private static final int WARM_UPS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    private RoadMain() {}

    /** Engine, file, inputs, results, rounds. */
    public static void main(String[] args) {
        try {
            run(Engine.valueOf(args[0]), Path.of(args[1]), List.of(args).subList(2, args.length));
        } catch (IOException | RuntimeException e) {
            System.err.println("facet: " + FacetCommands.messageOf(e));
            System.exit(1);
        }
        System.exit(0);
    }

    private static void run(Engine engine, Path file, List<String> more) throws IOException {
        List<ImageBatch> batches = InputsFile.read(Path.of(more.get(0)));
        phase(LOADED);
        try (Road road = engine.open(file)) {
            phase(RAN);
            List<Map<String, float[]>> outputs = new ArrayList<>();
            for (ImageBatch batch : batches) {
                outputs.add(road.run(batch));
            }
            double median = medianMillis(road, batches.get(0), Integer.parseInt(more.get(2)));
            new RoadResults(median, outputs).write(Path.of(more.get(1)));
        }
    }

    private static void phase(String name) {
        System.out.println(PHASE + name);
        System.out.flush();
    }

    private static double medianMillis(Road road, ImageBatch batch, int rounds) {
        for (int i = 0; i < WARM_UPS; i++) {
            road.run(batch);
        }
        double[] millis = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            road.run(batch);
            millis[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
        }
        Arrays.sort(millis);
        return (millis[(rounds - 1) / 2] + millis[rounds / 2]) / 2;
    }
}
