package ai.facet.train.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.checkpoint.Checkpoint;
import ai.facet.checkpoint.Tensor;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.FacetCommands;
import ai.facet.files.Sha256;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.train.CalibrateCommand;
import ai.facet.train.EvaluateCommand;
import ai.facet.train.NetworksCommand;
import ai.facet.train.TrainCommand;
import ai.facet.train.explain.ExplainCommand;
import ai.facet.train.noise.NoiseCommand;
import ai.facet.train.synth.SynthCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command {@code facet train} as a user runs it: to the end, broken off, killed, and with bad input. */
@Timeout(240)
class TrainEndToEndTest {
    private static final int EPOCHS = 3;

    @TempDir
    static Path shared;

    @TempDir
    Path temp;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void drawAndTrain() {
        command(new SynthCommand(), new StringWriter(), new StringWriter())
                .execute("--output", shared.resolve("data").toString(), "--count", "96", "--size", "32");
        int exit = command(new TrainCommand(), new StringWriter(), new StringWriter())
                .execute(arguments(shared.resolve("unbroken")));
        assertThat(exit).isZero();
    }

    @Test
    void theRunFolderTellsEverything() throws IOException {
        try (Stream<Path> files = Files.list(shared.resolve("unbroken"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .contains(
                            "best.safetensors",
                            "last.safetensors",
                            "config.json",
                            "schema.json",
                            "split.json",
                            "metrics.json",
                            "metrics.csv",
                            "curves.png",
                            "report.html")
                    .noneMatch(name -> name.endsWith(".facet-tmp"));
        }
        assertThat(Files.readString(shared.resolve("unbroken").resolve("report.html")))
                .contains("bodypose")
                .doesNotContain("src=\"http")
                .doesNotContain("href=\"http");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 900, 1800})
    void aKilledRunGoesOnBitForBit(int millis) throws Exception {
        Path run = temp.resolve("killed");
        Process process = start(run);
        awaitFile(run.resolve("config.json"), process);
        process.waitFor(millis, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();

        assertEveryCheckpointIsWhole(run);
        int exit = command(new TrainCommand(), out, err).execute("--resume", run.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(weights(run.resolve("last.safetensors")))
                .isEqualTo(weights(shared.resolve("unbroken").resolve("last.safetensors")));
        try (Stream<Path> files = Files.list(run)) {
            assertThat(files).noneMatch(f -> f.toString().endsWith(".facet-tmp"));
        }
    }

    @Test
    @Tag("slow")
    @SuppressWarnings("ThreadSleep") // kills come at random moments
    void aRunKilledTwentyTimesGoesOnBitForBit() throws Exception {
        int epochs = 150;
        long began = System.nanoTime();
        assertThat(start(arguments(temp.resolve("one-epoch"), 1)).waitFor()).isZero();
        int oneEpochMillis =
                (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began); // on this machine, as busy as it is
        Path unbroken = temp.resolve("whole");
        assertThat(start(arguments(unbroken, epochs)).waitFor()).isZero();
        Path run = temp.resolve("killed-often");
        Random random = new Random(20);
        List<Long> steps = new ArrayList<>();
        for (int kill = 0; kill < 20; kill++) {
            String[] resume = {"--resume", run.toString()};
            Process process = start(Files.exists(run.resolve("config.json")) ? resume : arguments(run, epochs));
            TimeUnit.MILLISECONDS.sleep(oneEpochMillis / 2 + random.nextInt(oneEpochMillis * 3 / 2));
            process.destroyForcibly().waitFor();
            if (Files.exists(run.resolve("last.safetensors"))) {
                assertEveryCheckpointIsWhole(run);
                steps.add(state(run).object("state").integer("step"));
            }
        }

        assertThat(command(new TrainCommand(), out, err).execute("--resume", run.toString()))
                .as(err.toString())
                .isZero();

        assertThat(steps).as("steps at each kill").hasSizeGreaterThan(10).isSorted();
        assertThat(steps.get(steps.size() - 1))
                .as("the last kill came before the end")
                .isLessThan(epochs * 20L);
        assertThat(weights(run.resolve("last.safetensors"))).isEqualTo(weights(unbroken.resolve("last.safetensors")));
    }

    @Test
    void aRunKilledBetweenCheckpointsGoesOnBitForBit() throws Exception {
        Path run = temp.resolve("killed-later");
        Process process = start(run);
        awaitFile(run.resolve("previous.safetensors"), process);
        process.destroyForcibly().waitFor();
        assertEveryCheckpointIsWhole(run);
        assertThat(state(run).object("state").int32("epoch")).isLessThan(EPOCHS);
        Files.writeString(run.resolve("last.safetensors.facet-tmp"), "half a checkpoint");

        assertGoesOnAsIfUnbroken(run);
        assertThat(run.resolve("last.safetensors.facet-tmp")).doesNotExist();
    }

    @Test
    void aRunOutOfTimeGoesOnBitForBit() throws IOException {
        Path run = temp.resolve("short");
        List<String> args = new ArrayList<>(List.of(arguments(run)));
        args.addAll(List.of("--max-time", "0.0001"));

        int exit = command(new TrainCommand(), out, err).execute(args.toArray(String[]::new));

        assertThat(exit).as(err.toString()).isZero();
        JsonObject state = state(run).object("state");
        assertThat(state.int32("epoch")).isZero();
        assertThat(state.int32("batch")).as("in the middle of the epoch").isPositive();
        assertGoesOnAsIfUnbroken(run);
    }

    @Test
    void refusesToGoOnWithOtherRows() throws IOException {
        Path csv = shared.resolve("data").resolve("other-rows.csv");
        Files.copy(shared.resolve("data").resolve("attributes.csv"), csv);
        assertThat(train(csv, "--threads", "1", "--batch-size", "4", "--max-time", "0.0001"))
                .as(err.toString())
                .isZero();
        List<String> rows = new ArrayList<>(Files.readAllLines(csv));
        rows.add(1, rows.remove(rows.size() - 1));
        Files.write(csv, rows);
        String run = temp.resolve("run").toString();

        assertThat(command(new TrainCommand(), out, err).execute("--resume", run))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("rows of the CSV, their labels or their order have changed", "Restore them", "--init-from");
        StringWriter said = new StringWriter();
        Files.write(csv, List.of(rows.get(0), rows.get(1).replace("male", "mail")));
        assertThat(command(new TrainCommand(), out, said).execute("--resume", run))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(said.toString())
                .contains("other-rows.csv:2", "mail\"; expected one of", "began with other rows. Restore them")
                .doesNotContain("--missing TEXT"); // which --resume would refuse
        Files.write(csv, rows);
        assertThat(command(new TrainCommand(), out, err).execute("--resume", run, "--allow-different"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void refusesToGoOnWithAnotherConfiguration() throws IOException {
        Path run = copyOf("unbroken");
        Path config = run.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"epochs\": 3", "\"epochs\": 30"));

        assertThat(command(new TrainCommand(), out, err).execute("--resume", run.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("config.json is not the configuration that", "Restore it");
    }

    @Test
    void aRunKilledWhileItReadsItsPicturesCanGoOn() throws Exception {
        Path run = temp.resolve("early");
        Process process = start(run);
        awaitFile(run.resolve("config.json"), process);
        process.destroyForcibly().waitFor();

        assertThat(run.resolve("last.safetensors")).doesNotExist();
        Path said = temp.resolve("said.txt");
        assertThat(new ProcessBuilder(train("--resume", run.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(said).content().contains(run + " was stopped before its first checkpoint, so it begins anew");
        assertGoesOnAsIfUnbroken(run);
    }

    @Test
    void saysWhyARunEndedBeforeItsLastEpoch() {
        Path csv = shared.resolve("data").resolve("attributes.csv");

        assertThat(train(csv, "--epochs", "60", "--patience", "1", "--attributes", "gender"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .containsPattern(
                        "^Epoch \\d+ of \\d+ is the best, with a mean balanced accuracy of 0\\.\\d+; ended before"
                                + " epoch 60, because nothing improved for 1 epoch\\.\n");
    }

    @Test
    void valuesOutOfRangeAreBadArguments() {
        Path csv = shared.resolve("data").resolve("attributes.csv");
        Path output = temp.resolve("out-of-range");
        for (List<String> option : List.of(
                List.of("--threads", "0"),
                List.of("--unsure-risk", "2"),
                List.of("--checkpoint-every", "0"),
                List.of("--batch-size", "0"),
                List.of("--micro-batch", "-5"))) {
            StringWriter said = new StringWriter();
            int exit = command(new TrainCommand(), out, said)
                    .execute(
                            "--data",
                            csv.toString(),
                            "--output",
                            output.toString(),
                            "--device",
                            "cpu",
                            "--size",
                            "32",
                            option.get(0),
                            option.get(1));

            assertThat(exit).as(said.toString()).isEqualTo(2);
            assertThat(said.toString()).contains(option.get(0), "expected");
            assertThat(output).doesNotExist();
        }
    }

    @Test
    void refusesToResumeWhatIsNoRun() {
        assertThat(command(new TrainCommand(), out, err).execute("--resume", temp.toString()))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains(temp + " is not a run folder", "config.json");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void aRunThatWasStoppedInTimeGoesOnBitForBit() throws Exception {
        Path run = temp.resolve("stopped");
        Process process = start(run);
        awaitFile(run.resolve("metrics.csv"), process);
        process.destroy();
        process.waitFor();

        assertThat(state(run).object("state").int32("epoch")).isLessThan(EPOCHS);
        assertGoesOnAsIfUnbroken(run);
    }

    @Test
    void aDamagedCheckpointIsLeftForTheOneBefore() throws IOException {
        Path run = copyOf("unbroken");
        Files.write(run.resolve("last.safetensors"), new byte[] {1, 2, 3}, StandardOpenOption.TRUNCATE_EXISTING);

        int exit = command(new TrainCommand(), out, err).execute("--resume", run.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(weights(run.resolve("last.safetensors")))
                .isEqualTo(weights(shared.resolve("unbroken").resolve("last.safetensors")));
    }

    @Test
    void saysWhenNoCheckpointCanBeRead() throws IOException {
        Path run = copyOf("unbroken");
        Files.write(run.resolve("last.safetensors"), new byte[3]);
        Files.write(run.resolve("previous.safetensors"), new byte[3]);

        int exit = command(new TrainCommand(), out, err).execute("--resume", run.toString());

        assertThat(exit).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("neither", "last.safetensors", "previous.safetensors", "Start a new run");
    }

    @Test
    void twoProcessesDoNotShareARunFolder() throws IOException {
        Path run = copyOf("unbroken");
        try (RunFolder held = RunFolder.open(run)) {
            assertThat(held.path()).isEqualTo(run);

            int exit = command(new TrainCommand(), out, err).execute("--resume", run.toString());

            assertThat(exit).isNotZero();
            assertThat(err.toString()).contains(run.toString());
        }
    }

    @Test
    void aRunFolderIsKeptFromASecondProcess() throws Exception {
        Path run = temp.resolve("busy");
        Process process = start(arguments(run, 1000));
        try {
            awaitFile(run.resolve("last.safetensors"), process);

            int exit = command(new TrainCommand(), out, err).execute("--resume", run.toString());

            assertThat(process.isAlive()).isTrue();
            assertThat(exit).isEqualTo(ExitCodes.FAILED);
            assertThat(err.toString()).contains(run + ": another facet process is training in this folder");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void namesPicturesThatCannotBeRead() throws IOException {
        Path csv = csvWith("images/00001.jpg,male", "broken.jpg,male", "missing.jpg,female", "wide.png,female");
        byte[] jpeg = Files.readAllBytes(shared.resolve("data/images/00001.jpg"));
        Files.write(temp.resolve("broken.jpg"), java.util.Arrays.copyOf(jpeg, jpeg.length / 2));
        Files.write(temp.resolve("wide.png"), pngClaiming(50_000, 10));

        int exit = train(csv);

        assertThat(exit).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("bad.csv:3", "broken.jpg", "damaged")
                .contains("bad.csv:4", "missing.jpg does not exist")
                .contains("bad.csv:5", "50000x10 px", "expected at most");
        assertThat(temp.resolve("run")).doesNotExist();
    }

    @Test
    void namesAStrayClassAndARowThatIsTooShort() throws IOException {
        Path schema = temp.resolve("schema.json");
        Files.writeString(
                schema,
                "{\"attributes\": [{\"id\": \"gender\", \"title\": \"gender\", \"classes\": [\"female\", \"male\"]}]}");
        Path csv = csvWith("images/00001.jpg,male", "images/00002.jpg,mail", "images/00003.jpg");

        int exit = train(csv, "--schema", schema.toString());

        assertThat(exit).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains("bad.csv:3", "gender is \"mail\"; expected one of [female, male]")
                .contains("bad.csv:4");
    }

    /** The CSV is not there, so whatever is said was found before it was looked for. */
    @Test
    void networkAndOutputAreCheckedBeforeTheData() throws IOException {
        Path csv = temp.resolve("nothing.csv");
        Path file = Files.createFile(temp.resolve("file"));

        assertThat(train(csv, "--network", "resnet-9000")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("no network \"resnet-9000\"");
        assertThat(command(new TrainCommand(), out, err)
                        .execute(
                                "--data",
                                csv.toString(),
                                "--output",
                                file.resolve("run").toString()))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--output " + file.resolve("run") + " cannot be written to (");
    }

    @Test
    void refusesWrongArgumentsBeforeAnyWork() {
        Path csv = shared.resolve("data/attributes.csv");

        assertThat(train(csv, "--network", "resnet-9000")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("no network \"resnet-9000\"; expected one of [facet-s, resnet50-dense,");
        assertThat(train(csv, "--device", "gpu")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("PYTORCH_LIBRARY_PATH", "facet natives install cuda");
        assertThat(command(new TrainCommand(), out, err).execute(arguments(shared.resolve("unbroken"))))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("not empty", "--resume");
    }

    @Test
    void evaluatesTheBestCheckpointAndChecksFloors() {
        String checkpoint =
                shared.resolve("unbroken").resolve("best.safetensors").toString();
        String csv = shared.resolve("data/attributes.csv").toString();

        assertThat(evaluate(
                        "--checkpoint",
                        checkpoint,
                        "--data",
                        csv,
                        "--output",
                        temp.resolve("e").toString()))
                .isZero();
        assertThat(out.toString()).contains("bodypose", "majority", "balanced");
        assertThat(temp.resolve("e/evaluation.html")).exists();
        assertThat(evaluate("--checkpoint", checkpoint, "--data", csv, "--min-accuracy", "gender=1"))
                .isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(err.toString()).contains("gender: accuracy", "expected at least 1.0");
        assertThat(evaluate("--checkpoint", checkpoint, "--data", csv, "--beat-majority"))
                .isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(evaluate("--checkpoint", checkpoint, "--data", csv, "--min-accuracy", "height=0.5"))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("there is no attribute \"height\"");
    }

    @Test
    void trainsANetworkOfTheUsersOwn() throws IOException {
        assertThat(command(new NetworksCommand(), out, err).execute("facet-s", "--spec"))
                .isZero();
        Path file = temp.resolve("mine.json");
        Files.writeString(
                file,
                out.toString()
                        .replace("\"name\": \"facet-s\"", "\"name\": \"mine\"")
                        .replace("\"channels\": 128", "\"channels\": 40"));
        Path csv = shared.resolve("data").resolve("attributes.csv");

        int exit = train(csv, "--network", file.toString(), "--batch-size", "16");

        assertThat(exit).as(err.toString()).isZero();
        Path run = temp.resolve("run");
        Checkpoint trained = Checkpoint.read(run.resolve("best.safetensors"));
        assertThat(trained.description().network().name()).isEqualTo("mine");
        assertThat(trained.weights().get("base.stages.stage3.unit1.body.conv1.weight"))
                .satisfies(w -> assertThat(w.shape()).startsWith(40L));
        Files.delete(file); // the run needs it no more
        assertThat(command(new TrainCommand(), out, err).execute("--resume", run.toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void fineTunesFromACheckpointWithAFrozenBaseAndGoesOnBitForBit() throws IOException {
        Path from = shared.resolve("unbroken").resolve("best.safetensors");
        String[] options = {
            "--init-from",
            from.toString(),
            "--freeze",
            "base",
            "--ema",
            "0.9",
            "--micro-batch",
            "2",
            "--batch-size",
            "4",
            "--threads",
            "1",
            "--balance",
            "gender,age",
            "--attributes",
            "gender,age"
        };
        Path csv = shared.resolve("data").resolve("attributes.csv");
        List<String> stopping = new ArrayList<>(List.of(options));
        stopping.addAll(List.of("--max-time", "0.0001"));

        assertThat(train(csv, options)).as(err.toString()).isZero();
        Path whole = Files.move(temp.resolve("run"), temp.resolve("whole"));
        assertThat(Files.readString(whole.resolve("report.html")))
                .contains("balanced by gender, age", "averaged weights 0.9", "of a checkpoint with SHA-256 ")
                .contains("Frozen</dt><dd>base</dd>")
                .contains("flip, rotate 10, crop 0.15");
        assertThat(train(csv, stopping.toArray(String[]::new)))
                .as(err.toString())
                .isZero();
        Path run = temp.resolve("run");
        assertThat(state(run).object("state").int32("epoch")).isZero();
        assertThat(command(new TrainCommand(), out, err).execute("--resume", run.toString()))
                .as(err.toString())
                .isZero();

        assertThat(weights(run.resolve("last.safetensors"))).isEqualTo(weights(whole.resolve("last.safetensors")));
        assertThat(weights(run.resolve("best.safetensors"))).isEqualTo(weights(whole.resolve("best.safetensors")));
        Checkpoint source = Checkpoint.read(from);
        Checkpoint best = Checkpoint.read(whole.resolve("best.safetensors"));
        Checkpoint last = Checkpoint.read(whole.resolve("last.safetensors"));
        best.weights().forEach((path, tensor) -> {
            if (path.startsWith("base.")) {
                assertThat(tensor).as(path).isEqualTo(source.weights().get(path));
                assertThat(last.weights().get(path)).as(path).isEqualTo(tensor);
            }
        });
        assertThat(evaluate("--checkpoint", whole.resolve("last.safetensors").toString(), "--data", csv.toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains("weights in training", "expected the run's best.safetensors");
        assertThat(best.weights().keySet().stream()
                        .filter(path -> path.startsWith("tower."))
                        .filter(path -> !Objects.equals(
                                best.weights().get(path), last.weights().get(path))))
                .isNotEmpty(); // the average, not the weights
    }

    @Test
    void towersOfOtherClassesBeginAnew() throws IOException {
        Path source = shared.resolve("unbroken").resolve("best.safetensors");
        Path csv = shared.resolve("data").resolve("other-classes.csv");
        Files.writeString(
                csv,
                Files.readString(shared.resolve("data").resolve("attributes.csv"))
                        .replace(",female,", ",woman,"));
        Checkpoint before = Checkpoint.read(source);

        assertThat(train(csv, "--init-from", source.toString(), "--freeze", "tower", "--attributes", "gender,age"))
                .as(err.toString())
                .isZero();

        Checkpoint after = Checkpoint.read(temp.resolve("run").resolve("last.safetensors"));
        assertThat(after.description().schema().attributes().get(0).classes()).contains("woman");
        after.weights().forEach((path, tensor) -> {
            if (path.startsWith("tower.age.") && path.endsWith("weight")) {
                assertThat(tensor).as(path).isEqualTo(before.weights().get(path));
            } else if (path.startsWith("tower.gender.") && path.endsWith("weight") && !path.contains("norm")) {
                assertThat(tensor).as(path).isNotEqualTo(before.weights().get(path));
            }
        });
    }

    @Test
    void namesWhatIsWrongWithFineTuning() {
        Path csv = shared.resolve("data").resolve("attributes.csv");

        assertThat(train(csv, "--freeze", "bass")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--freeze: [bass] concerns no parameter");
        assertThat(train(csv, "--balance", "height")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--balance: there is no attribute \"height\"");
        assertThat(train(csv, "--batch-size", "8", "--micro-batch", "3")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("--micro-batch is 3; expected a divisor of the batch size 8");
        assertThat(train(csv, "--init-from", temp.resolve("none").toString())).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        Path run = shared.resolve("unbroken");
        assertThat(train(csv, "--init-from", run.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString())
                .contains(run + " is a run folder; expected a checkpoint in it: " + run.resolve("best.safetensors"));
        assertThat(train(csv, "--init-from", temp.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(err.toString()).contains(temp + " is a folder; expected a file");
        assertThat(temp.resolve("run")).doesNotExist();
    }

    @Test
    void trainsANetworkThatIsJavaCode() throws IOException {
        Path csv = shared.resolve("data").resolve("attributes.csv");

        int exit = train(csv, "--network", "java:" + StockFactory.class.getName(), "--batch-size", "16");

        assertThat(exit).as(err.toString()).isZero();
        Path run = temp.resolve("run");
        String best = run.resolve("best.safetensors").toString();
        Checkpoint trained = Checkpoint.read(Path.of(best));
        assertThat(trained.description().network().name()).isEqualTo("StockFactory");
        assertThat(trained.weights()).containsKey("network.head.gender.weight");
        assertThat(command(new TrainCommand(), out, err).execute("--resume", run.toString()))
                .as(err.toString())
                .isZero();
        assertThat(evaluate("--checkpoint", best, "--data", csv.toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void namesWhatIsWrongWithANetworkThatIsJavaCode() {
        Path csv = shared.resolve("data").resolve("attributes.csv");

        assertThat(train(csv, "--network", "java:com.example.Absent")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("com.example.Absent", "FACET_CLASSPATH");
        assertThat(train(csv, "--network", "java:java.lang.String")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("java.lang.String is no network", "NetworkFactory");
        assertThat(train(csv, "--network", "java:no class")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("expected a Java class");
    }

    @Test
    void namesWhatIsWrongWithANetworkOfTheUsersOwn() throws IOException {
        Path file = temp.resolve("mine.json");
        Files.writeString(file, "{\"name\": \"mine\", \"base\": [], \"tower\": [{\"type\": \"conv\"}]}");
        Path csv = shared.resolve("data").resolve("attributes.csv");

        assertThat(train(csv, "--network", file.toString())).isNotZero();
        assertThat(err.toString()).contains(file + "", "is \"conv\"; expected one of [convolution");
        assertThat(train(csv, "--network", temp.resolve("none.json").toString()))
                .isNotZero();
        assertThat(err.toString()).contains("none.json does not exist");
    }

    @Test
    void listsEveryNetworkWithItsCost() {
        assertThat(command(new NetworksCommand(), out, err).execute()).isZero();
        assertThat(out.toString()).contains("1,772,347", "18.56", "resnet50-dense");
        out.getBuffer().setLength(0);

        assertThat(command(new NetworksCommand(), out, err).execute("bottleneck-skip", "--size", "112"))
                .isZero();
        assertThat(out.toString()).contains("stage2", "56 x 56", "1,772,347");
        assertThat(command(new NetworksCommand(), out, err).execute("vgg")).isEqualTo(ExitCodes.BAD_ARGUMENTS);
    }

    @Test
    void theBestCheckpointIsCalibratedAndCanBeAgain() throws IOException {
        Path best = shared.resolve("unbroken").resolve("best.safetensors");
        assertThat(Checkpoint.read(best).description().calibration())
                .anySatisfy(c -> assertThat(c.temperature()).isNotEqualTo(1));
        Path again = temp.resolve("again.safetensors");

        int exit = command(new CalibrateCommand(), out, err)
                .execute(
                        "--checkpoint",
                        best.toString(),
                        "--data",
                        shared.resolve("data").resolve("attributes.csv").toString(),
                        "--split",
                        "validation",
                        "--unsure-risk",
                        "0.3",
                        "--output",
                        again.toString());

        assertThat(exit).as(err.toString()).isZero();
        assertThat(out.toString()).contains("temperature", "gender", "unsure below", "written to " + again);
        Checkpoint calibrated = Checkpoint.read(again);
        List<Double> atTheEndOfTraining = Checkpoint.read(best).description().calibration().stream()
                .map(c -> c.temperature())
                .toList();
        assertThat(calibrated.description().calibration().stream()
                        .map(c -> c.temperature())
                        .toList())
                .as("fitted on the same pictures, in batches of another size, which changes the last bits of logits")
                .usingComparatorForType((x, y) -> Math.abs(x - y) <= 1e-4 * y ? 0 : Double.compare(x, y), Double.class)
                .isEqualTo(atTheEndOfTraining);
        assertThat(calibrated.description().calibration())
                .anySatisfy(c -> assertThat(c.unsureBelow()).isPositive());
        assertThat(weights(again)).isEqualTo(weights(best));
        assertThat(String.valueOf(calibrated.description().provenance().get("validation")))
                .as("errors of the former temperatures")
                .contains("balancedAccuracy")
                .doesNotContain("calibrationError");
    }

    /** The run's split covers all its rows; each of its files may be measured on its own. */
    @Test
    void theStoredSplitServesForPartOfTheRows() throws IOException {
        Path csv = shared.resolve("data").resolve("half.csv");
        List<String> rows = Files.readAllLines(shared.resolve("data").resolve("attributes.csv"));
        Files.write(csv, rows.subList(0, rows.size() / 2));

        int exit = evaluate(
                "--checkpoint",
                shared.resolve("unbroken").resolve("best.safetensors").toString(),
                "--data",
                csv.toString(),
                "--split",
                "validation");

        assertThat(exit).as(err.toString()).isZero();
    }

    @Test
    void explainsTheValidationPicturesAlone() throws IOException {
        Path run = shared.resolve("unbroken");
        List<String> arguments =
                List.of("--checkpoint", run.resolve("best.safetensors").toString(), "--pictures", "500");
        Path why = temp.resolve("why");
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--output", why.toString(), "--split", "validation", "--data"));
        all.add(shared.resolve("data").resolve("attributes.csv").toString());

        assertThat(command(new ExplainCommand(), out, err).execute(all.toArray(String[]::new)))
                .as(err.toString())
                .isZero();

        JsonObject json = Json.parseObject(Files.readString(why.resolve("explain.json")), "explain.json");
        JsonObject sides = Json.parseObject(Files.readString(run.resolve("split.json")), "split.json")
                .object("sides");
        assertThat(json.objects("pictures")).hasSize((int) sides.keys().stream()
                .filter(picture -> sides.string(picture).equals("validation"))
                .count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "Training"})
    void refusesToCalibrateOnTrainingPictures(String split) {
        int exit = command(new CalibrateCommand(), out, err)
                .execute("--checkpoint", "a.safetensors", "--data", "b.csv", "--split", split);

        assertThat(exit).isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains("too sure of what it was trained on");
    }

    /** 80 of the 96 pictures are for training. */
    @Test
    void neitherCalibratesNorJudgesLabelsByPicturesThatWereTrainedOn() throws IOException {
        String best = shared.resolve("unbroken").resolve("best.safetensors").toString();
        String csv = shared.resolve("data").resolve("attributes.csv").toString();
        String seen = "the network was trained on 80 of these 96 pictures and is too sure of those";

        assertThat(command(new CalibrateCommand(), out, err)
                        .execute("--checkpoint", best, "--data", csv, "--output", temp + "/c.safetensors"))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(err.toString()).contains(seen, "--split validation");
        assertThat(temp.resolve("c.safetensors")).doesNotExist();
        StringWriter said = new StringWriter();
        assertThat(command(new NoiseCommand(), out, said)
                        .execute(csv, "--checkpoint", best, "--split", "all", "--output", temp + "/n"))
                .isEqualTo(ExitCodes.BAD_ARGUMENTS);
        assertThat(said.toString()).contains(seen);
        assertThat(temp.resolve("n")).doesNotExist();
    }

    private void assertGoesOnAsIfUnbroken(Path run) throws IOException {
        int exit = command(new TrainCommand(), out, err).execute("--resume", run.toString());
        assertThat(exit).as(err.toString()).isZero();
        assertThat(weights(run.resolve("last.safetensors")))
                .isEqualTo(weights(shared.resolve("unbroken").resolve("last.safetensors")));
    }

    private static JsonObject state(Path run) throws IOException {
        return Json.parseObject(
                String.valueOf(Checkpoint.read(run.resolve("last.safetensors")).state()), "facet.state");
    }

    private int evaluate(String... args) {
        return command(new EvaluateCommand(), out, err).execute(args);
    }

    private int train(Path csv, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "--data",
                csv.toString(),
                "--size",
                "32",
                "--epochs",
                "1",
                "--output",
                temp.resolve("run").toString()));
        args.removeAll(List.of(more).contains("--epochs") ? List.of("--epochs", "1") : List.of());
        args.addAll(List.of(more));
        return command(new TrainCommand(), out, err).execute(args.toArray(String[]::new));
    }

    private static String[] arguments(Path run) {
        return arguments(run, EPOCHS);
    }

    private static String[] arguments(Path run, int epochs) {
        return new String[] {
            "--data", shared.resolve("data").resolve("attributes.csv").toString(),
            "--size", "32",
            "--epochs", Integer.toString(epochs),
            "--batch-size", "4",
            "--threads", "1",
            "--checkpoint-every", "0.001",
            "--output", run.toString()
        };
    }

    private static CommandLine command(Object command, StringWriter out, StringWriter err) {
        CommandLine line = FacetCommands.commandLine(command);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line;
    }

    /** The same command in a process of its own. */
    private static Process start(Path run) throws IOException {
        return start(arguments(run));
    }

    private static Process start(String[] arguments) throws IOException {
        return new ProcessBuilder(train(arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static List<String> train(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "ai.facet.train.TrainMain",
                "train"));
        command.addAll(List.of(arguments));
        return command;
    }

    @SuppressWarnings("ThreadSleep") // another process makes the file
    private static void awaitFile(Path file, Process process) throws InterruptedException {
        while (!Files.exists(file) && process.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void assertEveryCheckpointIsWhole(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".safetensors")).toList()) {
                assertThat(Checkpoint.read(file).weights()).as(file.toString()).isNotEmpty();
            }
        }
    }

    private static String weights(Path checkpoint) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Tensor tensor : Checkpoint.read(checkpoint).tensors().values()) {
            byte[] bytes = new byte[tensor.data().remaining()];
            tensor.data().duplicate().get(bytes);
            all.append(tensor.name()).append(Sha256.of(bytes));
        }
        return Sha256.of(all.toString().getBytes(UTF_8));
    }

    private Path copyOf(String name) throws IOException {
        Path copy = temp.resolve("copy");
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(shared.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private Path csvWith(String... rows) throws IOException {
        Path images = Files.createDirectories(temp.resolve("images"));
        for (int i = 1; i <= 3; i++) {
            String name = "0000" + i + ".jpg";
            Files.copy(shared.resolve("data/images").resolve(name), images.resolve(name));
        }
        Path csv = temp.resolve("bad.csv");
        Files.writeString(csv, "image_path,gender\n" + String.join("\n", rows) + "\n");
        return csv;
    }

    private static byte[] pngClaiming(int widthPx, int heightPx) {
        byte[] header = new byte[33];
        ByteBuffer png = ByteBuffer.wrap(header);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
                .putInt(13)
                .put("IHDR".getBytes(UTF_8));
        png.putInt(widthPx).putInt(heightPx).put(new byte[] {8, 2, 0, 0, 0});
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(header, 12, 17);
        png.putInt((int) crc.getValue());
        return header;
    }
}
