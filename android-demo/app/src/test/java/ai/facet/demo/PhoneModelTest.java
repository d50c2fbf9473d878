package ai.facet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import ai.facet.prediction.AttributePrediction;
import ai.facet.prediction.Prediction;
import android.content.Context;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.annotation.GraphicsMode;

/** The phone's answers beside those of {@code facet predict}, which decodes and infers with other code in a process of its own. */
@RunWith(RobolectricTestRunner.class)
@Config(sdk = 35)
@GraphicsMode(GraphicsMode.Mode.NATIVE)
public final class PhoneModelTest {
    /** Pictures of one's own for {@link #answersEqualTheDesktops}, up to 50; none by default. */
    private static final String FOLDER = "facet.pictures";

    private static final double TOLERANCE = 1e-4;
    private static final int MOST = 50;
    private static final Path MODELS = Path.of("app/src/main/assets/model");
    private static final Execution EXECUTION = new Execution(Execution.Provider.CPU, 2);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static Path modelFile() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            return files.filter(f -> f.toString().endsWith(".onnx"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] modelBytes() throws IOException {
        return Files.readAllBytes(modelFile());
    }

    private static List<Path> pictures() throws IOException {
        List<Path> folders = new ArrayList<>(List.of(Path.of("app/src/test/resources/persons")));
        String own = System.getProperty(FOLDER, "");
        if (!own.isEmpty()) {
            folders.add(Path.of(own));
        }
        List<Path> pictures = new ArrayList<>();
        for (Path each : folders) {
            try (Stream<Path> files = Files.list(each)) {
                files.filter(f -> f.toString().matches(".*\\.(jpg|png)"))
                        .sorted()
                        .limit(MOST)
                        .forEach(pictures::add);
            }
        }
        return pictures;
    }

    @Test
    public void answersEqualTheDesktops() throws Exception {
        compare(pictures());
    }

    /** Orientations that no camera should write, every one that it may, and a block that ends in the middle. */
    @Test
    public void oddExifMeansTheSameAsOnTheDesktop() throws Exception {
        byte[] upright = Files.readAllBytes(Path.of("app/src/test/resources/persons/3.jpg"));
        List<Path> pictures = new ArrayList<>();
        Path written = folder.newFolder().toPath();
        for (int orientation : new int[] {0, 2, 3, 4, 5, 6, 7, 8, 9, 255}) {
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                Path file = written.resolve(orientation + "-" + order + ".jpg");
                pictures.add(Files.write(file, Pictures.withExif(upright, Pictures.exif(order, orientation))));
            }
        }
        byte[] cut = Arrays.copyOf(Pictures.exif(ByteOrder.BIG_ENDIAN, 6), 12);
        pictures.add(Files.write(written.resolve("cut.jpg"), Pictures.withExif(upright, cut)));
        byte[] far = Pictures.exif(ByteOrder.BIG_ENDIAN, 6);
        Arrays.fill(far, 4, 8, (byte) 0x7F); // where the entries are said to begin
        pictures.add(Files.write(written.resolve("far.jpg"), Pictures.withExif(upright, far)));

        compare(pictures);
    }

    private void compare(List<Path> pictures) throws Exception {
        List<JsonObject> desktop = desktop(pictures);
        assertThat(desktop).hasSameSizeAs(pictures).hasSizeGreaterThan(3);
        try (PhoneModel model = PhoneModel.load("model", modelBytes(), EXECUTION)) {
            double largest = 0;
            for (int i = 0; i < pictures.size(); i++) {
                Prediction phone =
                        model.answer(new BitmapRows(PictureReader.decode(Files.readAllBytes(pictures.get(i)))));
                for (AttributePrediction answer : phone.attributes()) {
                    JsonObject expected = desktop.get(i)
                            .object("attributes")
                            .object(answer.attribute().id());
                    JsonObject all = expected.object("probabilities");
                    for (int c = 0; c < answer.probabilities().length; c++) {
                        String name = answer.attribute().classes().get(c);
                        double difference = Math.abs(answer.probabilities()[c] - all.number(name));
                        largest = Math.max(largest, difference);
                        assertThat((double) answer.probabilities()[c])
                                .as(
                                        "%s, %s, %s",
                                        pictures.get(i), answer.attribute().id(), name)
                                .isCloseTo(all.number(name), within(TOLERANCE));
                    }
                    assertThat(answer.className()).isEqualTo(expected.string("class"));
                }
            }
            System.out.printf("%d pictures, largest difference of a probability %.2e%n", pictures.size(), largest);
        }
    }

    /** What {@code facet predict} says. */
    private List<JsonObject> desktop(List<Path> pictures) throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("android-all"))
                .collect(Collectors.joining(File.pathSeparator));
        Path alone = folder.newFolder().toPath().resolve("model.onnx"); // in the assets it lies in a part of a bundle
        Files.copy(modelFile(), alone);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "ai.facet.serve.ServeMain",
                "predict",
                alone.toString(),
                "--json",
                "--all-probabilities"));
        pictures.forEach(picture -> command.add(picture.toString()));
        File out = folder.newFile();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isZero();
        List<JsonObject> answers = new ArrayList<>();
        for (String line : Files.readAllLines(out.toPath(), StandardCharsets.UTF_8)) {
            answers.add(Json.parseObject(line, "facet predict"));
        }
        return answers;
    }

    @Test
    public void aModelCutInHalfIsNamed() throws Exception {
        byte[] whole = modelBytes();

        assertThatThrownBy(() -> PhoneModel.load("model", Arrays.copyOf(whole, whole.length / 2), EXECUTION))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.in(context())).startsWith("The model cannot be used: "));
    }

    @Test
    public void aModelOfAnotherToolIsNamed() throws Exception {
        byte[] bytes = modelBytes();
        String key = "facet.model";
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(key);
        bytes[at] = 'x';

        assertThatThrownBy(() -> PhoneModel.load("model", bytes, EXECUTION))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.in(context())).contains(key));
    }

    @Test
    public void theAppsModelIsSmallEnough() throws Exception {
        long bytes = 0;
        for (String name : context().getAssets().list("model")) {
            try (InputStream in = context().getAssets().open("model/" + name)) {
                bytes += in.readAllBytes().length;
            }
        }
        assertThat(bytes).isBetween(100_000L, 2_500_000L);
    }

    private static Context context() {
        return RuntimeEnvironment.getApplication();
    }
}
