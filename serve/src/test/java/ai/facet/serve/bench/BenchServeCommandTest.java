package ai.facet.serve.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.cli.FacetCommands;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.serve.GoldenBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code facet bench serve} as a user runs it, with a real server in a child process. */
@Timeout(120)
class BenchServeCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void bothRoadsAnswerEveryPictureAndNothingElse() throws IOException {
        String bundle = GoldenBundle.copyTo(folder.resolve("bundle")).toString();
        String pictures = GoldenBundle.picturesTo(folder.resolve("pictures")).toString();

        assertThat(run(
                        "--model",
                        bundle,
                        "--images",
                        pictures,
                        "--seconds",
                        "1",
                        "--warm-up",
                        "1",
                        "--runs",
                        "2",
                        "--rate",
                        "40",
                        "--json"))
                .as("%s", err)
                .isZero();

        JsonObject json = Json.parseObject(out.toString(), "out");
        assertThat(json.string("precision")).isEqualTo("fp32");
        assertThat(json.object("inProcess").number("imagesPerCpuSecond")).isPositive();
        JsonObject closed = json.object("closedLoop");
        assertThat(closed.object("statuses").keys()).containsExactly("200");
        assertThat(closed.number("ofInProcess")).isPositive();
        assertThat(json.objects("openLoop")).hasSize(2).allSatisfy(run -> {
            assertThat(run.object("statuses").number("200")).isEqualTo(40);
            assertThat(run.object("withoutAnswer").keys()).isEmpty();
            assertThat(run.number("p99Millis")).isGreaterThanOrEqualTo(run.number("p50Millis"));
            assertThat(run.number("meanBatch")).isBetween(1.0, 8.0);
        });
    }

    @Test
    void badArgumentsAreNamed() throws IOException {
        String bundle = GoldenBundle.copyTo(folder.resolve("bundle")).toString();

        assertThat(run("--model", bundle, "--seconds", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--seconds is 0; expected 1 to 3600");
        assertThat(run("--model", bundle, "--rate", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--rate is 0.0; expected more than 0");
        assertThat(run("--model", folder.resolve("none").toString())).isNotZero();
        assertThat(err.toString()).contains(folder.resolve("none").toString());
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "serve";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return FacetCommands.commandLine(new BenchCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }
}
