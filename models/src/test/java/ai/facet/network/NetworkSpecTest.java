package ai.facet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkSpecTest {
    /** Classes of the original project's eight attributes. */
    private static final List<Integer> ORIGINAL_CLASSES = List.of(2, 3, 5, 4, 3, 3, 4, 3);

    static List<String> presets() {
        return Presets.names();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void everyPresetSurvivesItsJsonForm(String name) {
        NetworkSpec spec = Presets.byName(name);

        NetworkSpec read = NetworkSpec.fromJson(Json.parseObject(Json.writePretty(spec.toJson()), "network"));

        assertThat(read).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "tower": [          | "twoer": [], "tower": [         | network.twoer: is unknown; expected one of [name, base, tower]
            "name": "down"      | "name": "down", "units": 3      | network.base[0].units: is unknown; expected one of [name, layers]
            "type": "max-pool", | "type": "max-pool", "strid": 1, | strid: is unknown; expected one of [type, size, stride, same]
            "type": "classes"   | "type": "classes", "bias": true | network.tower[1].bias: is unknown; expected one of [type]
            """)
    void unknownFieldsAreNamed(String text, String replacement, String message) {
        String json = """
                {"name": "n",
                 "base": [{"name": "down", "layers": [{"type": "max-pool", "size": 2}]}],
                 "tower": [{"type": "global-average-pool"}, {"type": "classes"}]}""";
        assertThat(NetworkSpec.fromJson(Json.parseObject(json, "network")).name())
                .isEqualTo("n");

        assertThatThrownBy(() -> NetworkSpec.fromJson(Json.parseObject(json.replace(text, replacement), "network")))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFactoryHasNoStages() {
        String json = "{\"name\": \"n\", \"factory\": \"com.example.Mine\", \"base\": []}";

        assertThatThrownBy(() -> NetworkSpec.fromJson(Json.parseObject(json, "network")))
                .isInstanceOf(JsonException.class)
                .hasMessage("network.base: is unknown; expected one of [name, factory]");
    }

    /** 1,772,347 parameters and 18.56 GMAC are published for the original network. */
    @Test
    void bottleneckSkipIsTheOriginalNetwork() {
        NetworkSummary summary = NetworkSummary.of(Presets.byName("bottleneck-skip"), 224, 224, ORIGINAL_CLASSES);

        assertThat(summary.parameters()).isEqualTo(1_772_347);
        assertThat(summary.macs() / 1e9).isBetween(18.555, 18.565);
    }

    /** torchvision's resnet50 has 25,557,032 parameters, 2,049,000 of them in its last layer, and 4.09 GMAC. */
    @Test
    void resNet50IsThePublishedBase() {
        List<NetworkSummary.Stage> base = NetworkSummary.of(
                        Presets.byName("resnet50-dense"), 224, 224, ORIGINAL_CLASSES)
                .stages()
                .subList(0, 5);

        assertThat(base.stream().mapToLong(NetworkSummary.Stage::parameters).sum())
                .isEqualTo(25_557_032 - 2_049_000);
        assertThat(base.stream().mapToLong(NetworkSummary.Stage::macs).sum() / 1e9)
                .isBetween(4.07, 4.11);
        assertThat(base.get(4).heightPx()).isEqualTo(7);
        assertThat(base.get(4).channels()).isEqualTo(2048);
        assertThat(base.get(4).receptiveFieldPx()).isEqualTo(427);
    }

    /** What is known of the other networks of the original project. */
    @Test
    void theOthersHaveTheirKnownProperties() {
        assertThat(baseField("conv-plain")).isBetween(50, 60);
        assertThat(baseField("separable-plain")).isBetween(50, 60);
        assertThat(baseField("bottleneck-plain")).isBetween(41, 60);
        assertThat(parameters("bottleneck-skip-towers")).isGreaterThan(20_000_000);
        assertThat(parameters("separable-plain")).isLessThan(parameters("conv-plain") / 4);
        assertThat(parameters("bottleneck-skip-separable")).isLessThan(parameters("bottleneck-skip"));
        assertThat(Presets.names()).hasSize(8);
    }

    private static int baseField(String preset) {
        NetworkSpec spec = Presets.byName(preset);
        return NetworkSummary.of(spec, 224, 224, ORIGINAL_CLASSES)
                .stages()
                .get(spec.base().size() - 1)
                .receptiveFieldPx();
    }

    private static long parameters(String preset) {
        return NetworkSummary.of(Presets.byName(preset), 224, 224, ORIGINAL_CLASSES)
                .parameters();
    }

    @Test
    void facetSIsLight() {
        NetworkSummary summary = NetworkSummary.of(Presets.byName("facet-s"), 224, 224, ORIGINAL_CLASSES);

        assertThat(summary.macs()).isLessThan(300_000_000);
    }

    /** Stem 2 x conv3x3: 1 + 2 + 2 = 5; then each bottleneck adds 2; max-pool adds 1 and doubles the steps. */
    @Test
    void receptiveFieldFollowsTheClosedForm() {
        List<NetworkSummary.Stage> stages = NetworkSummary.of(Presets.byName("bottleneck-skip"), 224, 224, List.of(2))
                .stages();

        assertThat(stages.stream().map(NetworkSummary.Stage::receptiveFieldPx).limit(3))
                .containsExactly(5, 5 + 3 * 2, 11 + 1 + 3 * 2 * 2);
        assertThat(stages.get(2).heightPx()).isEqualTo(112);
    }

    @Test
    void refusesPicturesThatVanishOnTheWay() {
        assertThatThrownBy(() -> NetworkSummary.of(Presets.byName("bottleneck-skip"), 24, 24, List.of(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bottleneck-skip cannot take pictures of 24x24 px");
        assertThat(NetworkSummary.of(Presets.byName("facet-s"), 24, 24, List.of(2))
                        .macs())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"max-pool\", \"size\": 99} | size is 99; expected 2 to 8",
                "{\"type\": \"conv\"} | is \"conv\"; expected one of",
                "{\"type\": \"dropout\", \"rate\": 1} | rate is 1.0",
                "{\"type\": \"residual\", \"channels\": 100000, \"stride\": 1} | channels is 100000",
                "{\"type\": \"residual\", \"channels\": 8} | stride: is missing",
                "{\"type\": \"norm-relu\"} | ends with norm-relu",
                "{\"type\": \"residual\", \"channels\": 8, \"stride\": 1} | a layer residual after classes"
            })
    void namesTheLayerThatIsWrong(String layer, String message) {
        String text =
                "{\"name\": \"x\", \"base\": [{\"name\": \"a\", \"layers\": [{\"type\": \"norm-relu\"}]}], \"tower\": [{\"type\": \"classes\"}, "
                        + "{\"type\": \"global-average-pool\"}, " + layer + "]}";

        assertThatThrownBy(() -> NetworkSpec.fromJson(Json.parseObject(text, "net.json")))
                .isInstanceOf(JsonException.class)
                .hasMessageStartingWith("net.json")
                .hasMessageContaining(message);
    }

    @Test
    void javaCodeIsRememberedByItsClass() {
        NetworkSpec spec = NetworkSpec.ofFactory("com.example.nets.Deep$Wide");

        assertThat(spec.name()).isEqualTo("Deep-Wide");
        assertThat(NetworkSpec.fromJson(Json.parseObject(Json.write(spec.toJson()), "net.json")))
                .isEqualTo(spec);
        assertThatThrownBy(() -> NetworkSpec.ofFactory("../evil")).hasMessageContaining("expected a Java class");
        assertThatThrownBy(() -> NetworkSummary.of(spec, 64, 64, List.of(2)))
                .hasMessageContainingAll("Deep-Wide", "Java code");
    }

    @Test
    void refusesEmptyParts() {
        assertThatThrownBy(() -> new StageSpec("a", List.of())).hasMessageContaining("stage a has no layers");
        assertThatThrownBy(() -> new NetworkSpec(
                        "x", List.of(), Presets.byName("facet-s").tower()))
                .hasMessageContaining("network x has no base stages");
    }

    @Test
    void refusesANetworkBeyondAllMeasure() {
        List<LayerSpec> many = java.util.Collections.nCopies(2000, new LayerSpec.NormRelu());

        assertThatThrownBy(() -> new NetworkSpec("x", List.of(new StageSpec("a", many)), List.of()))
                .hasMessageContaining("2000 layers");
    }
}
