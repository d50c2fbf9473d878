package ai.facet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeopleTextTest {
    @Test
    void oneThingIsSingular() {
        assertThat(Plural.of(1, "thread")).isEqualTo("1 thread");
        assertThat(Plural.of(0, "thread")).isEqualTo("0 threads");
        assertThat(Plural.of(1234, "class", "classes")).isEqualTo("1,234 classes");
    }

    @Test
    void timeHasTheUnitThatPeopleWouldUse() {
        assertThat(DurationText.of(8.43)).isEqualTo("8.4 s");
        assertThat(DurationText.of(210)).isEqualTo("3.5 min");
        assertThat(DurationText.of(7500)).isEqualTo("2 h 05 min");
    }
}
