package ai.facet.export.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.bundle.BundleException;
import ai.facet.bundle.ModelBundle;
import ai.facet.export.CommandRun;
import ai.facet.export.DrawnPicture;
import ai.facet.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFuzzTest {
    private static final Path GOLDEN = Path.of("../models/src/test/resources/golden/bundle-v1");
    private static final List<String> ALL = List.of(
            ModelBundle.ONNX,
            ModelBundle.TORCHSCRIPT,
            ModelBundle.DESCRIPTION,
            ModelBundle.PARITY,
            ModelBundle.MODEL_CARD,
            ModelBundle.CHECKSUMS);

    @TempDir
    Path folder;

    @Test
    void damageIsFoundByItsChecksum() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Path copy = folder.resolve("damaged");
            String file = new Mutation(seed).apply(GOLDEN, copy, ALL, false);
            if (sameAsGolden(copy.resolve(file))) {
                continue; // a byte replaced by itself
            }
            String message = messageOfOpening(copy);
            assertThat(message).as("seed %s of %s", seed, file).isNotEmpty().doesNotContain("\n");
        }
    }

    private static boolean sameAsGolden(Path file) throws IOException {
        return Files.mismatch(file, GOLDEN.resolve(file.getFileName())) < 0;
    }

    private static String messageOfOpening(Path bundle) throws IOException {
        try {
            ModelBundle.open(bundle);
            return "";
        } catch (BundleException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void forgedBundlesAreInspectedWithoutSurprise() throws IOException {
        for (long seed = 0; seed < 150; seed++) {
            Path copy = folder.resolve("forged");
            String file = new Mutation(seed).apply(GOLDEN, copy, ALL, true);
            CommandRun run = CommandRun.of("inspect", copy.toString());
            assertThat(run.exitCode())
                    .as("seed %s of %s: %s", seed, file, run.err())
                    .isIn(0, 1);
            if (run.exitCode() == 1) {
                assertThat(run.err().lines())
                        .as("seed %s of %s: %s", seed, file, run.err())
                        .hasSize(1);
            }
        }
    }

    @Test
    void forgedBundlesNeverCrashPredict() throws Exception {
        predictForged(0, 150);
    }

    @Tag("slow")
    @Test
    void thousandsOfForgedBundlesNeverCrashPredict() throws Exception {
        predictForged(1_000_000, 5000);
    }

    /** Natives of all kinds, each in its process: a crash or hang there is a message here. */
    @Tag("slow")
    @Test
    void forgedBundlesNeverCrashVerify() throws IOException {
        List<String> models = List.of(ModelBundle.ONNX, ModelBundle.TORCHSCRIPT);
        for (long seed = 0; seed < 60; seed++) {
            Path copy = folder.resolve("forged");
            String file = new Mutation(seed).apply(GOLDEN, copy, models, true);
            CommandRun run = CommandRun.of("verify", copy.toString(), "--timeout", "60", "--rounds", "1");
            assertThat(run.exitCode())
                    .as("seed %s of %s: %s", seed, file, run.err())
                    .isIn(0, 1, 3);
            if (run.exitCode() == 1) {
                assertThat(run.err().lines())
                        .as("seed %s of %s: %s", seed, file, run.err())
                        .hasSize(1);
            }
        }
    }

    private void predictForged(long firstSeed, int seeds) throws Exception {
        Path log = folder.resolve("log");
        List<String> arguments =
                List.of(GOLDEN.toString(), picture().toString(), folder.toString(), "" + firstSeed, "" + seeds);
        Process child = new ProcessBuilder(ChildJvm.command(
                        List.of("-Xmx512m", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + folder.resolve("crash")),
                        ForgedPredictions.class.getName(),
                        arguments))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = child.waitFor(120 + seeds / 5, TimeUnit.SECONDS);
        child.destroyForcibly();
        List<String> lines = Files.readAllLines(log);
        List<String> last = lines.subList(Math.max(0, lines.size() - 8), lines.size());
        assertThat(ended).as("it hangs at %s", last).isTrue();
        assertThat(child.exitValue())
                .as(
                        "%s %s",
                        lines.stream().filter(l -> l.startsWith("surprise")).toList(), last)
                .isZero();
        assertThat(lines).anyMatch(line -> line.equals(ForgedPredictions.SEED + (firstSeed + seeds - 1)));
    }

    private Path picture() throws IOException {
        return DrawnPicture.write(folder.resolve("picture.png"), 1, 32);
    }
}
