package ai.facet.train.config;

import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartConfigTest {
    @Test
    void patternsArePathsTheirBeginningsAndStars() {
        StartConfig start = new StartConfig("", List.of("base.stem", "*.gamma", "tower.a*.conv1"));

        assertThat(List.of("base.stem", "base.stem.conv1.weight", "base.x.gamma", "tower.age.conv1.bias"))
                .allMatch(start::isFrozen);
        assertThat(List.of("base.stem2.weight", "base", "tower.gender.conv1.bias", "base.x.gammas"))
                .noneMatch(start::isFrozen);
    }

    @Test
    void survivesItsJsonForm() {
        StartConfig start = new StartConfig("abc", List.of("base"));

        assertThat(StartConfig.fromJson(Json.parseObject(Json.write(start.toJson()), "start")))
                .isEqualTo(start);
    }
}
