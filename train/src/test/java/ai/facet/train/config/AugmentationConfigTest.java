package ai.facet.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.json.Json;
import org.junit.jupiter.api.Test;

class AugmentationConfigTest {
    @Test
    void comesBackFromItsFile() {
        AugmentationConfig config = new AugmentationConfig(
                false, AugmentationMode.SEPARATE, 1, 0.1, 12, 0.3, 15, 0.2, 0.25, 0.35, 20, 0.2, 1);

        String text = Json.writePretty(config.toJson());

        assertThat(AugmentationConfig.fromJson(Json.parseObject(text, "config.json")))
                .isEqualTo(config);
    }

    @Test
    void anOlderFileHoldsFlipAlone() {
        assertThat(AugmentationConfig.fromJson(Json.parseObject("{\"flip\": true}", "config.json")))
                .isEqualTo(new AugmentationConfig(true));
    }

    @Test
    void aStrengthOutOfRangeNamesItsOption() {
        assertThatThrownBy(() -> new AugmentationConfig(true, AugmentationMode.MIXED, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                .hasMessageContaining("--brightness")
                .hasMessageContaining("expected 0.0 to 1.0");
    }

    @Test
    void saysWhatIsDone() {
        assertThat(new AugmentationConfig(true, AugmentationMode.MIXED, 0, 0, 100, 0, 12.5, 0.15, 0, 0, 0, 0, 1)
                        .summary())
                .isEqualTo("flip, channelShift 100, rotate 12.5, crop 0.15, cutmix 1");
        assertThat(new AugmentationConfig(false, AugmentationMode.SEPARATE, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0).summary())
                .isEqualTo("blur 1 (separate)");
        assertThat(new AugmentationConfig(false).summary()).isEqualTo("none");
    }
}
