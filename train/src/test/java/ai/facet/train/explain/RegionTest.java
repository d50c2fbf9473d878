package ai.facet.train.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.facet.image.Box;
import ai.facet.preprocess.FrameBox;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegionTest {
    private static final AttributeSchema SCHEMA = new AttributeSchema(List.of(
            new Attribute("carryingbag", "bag", List.of("yes", "no")),
            new Attribute("imagequality", "quality", List.of("good", "bad")),
            new Attribute("emotion", "emotion", List.of("happy", "sad"))));

    @TempDir
    Path temp;

    @Test
    void readsBoxesByPictureAndRegion() throws IOException {
        Path csv = write("image_path,region,x,y,w,h\na.jpg,bag,1,2,3,4\na.jpg,feet,5,6,7,8\n");

        RegionFile regions = RegionFile.read(csv);

        assertThat(regions.of(temp.resolve("a.jpg"))).containsEntry("bag", List.of(new Box(1, 2, 3, 4)));
        assertThat(regions.of(temp.resolve("b.jpg"))).isEmpty();
        assertThat(regions.names()).containsExactly("bag", "feet");
    }

    @Test
    void namesTheRowThatIsWrong() throws IOException {
        Path csv = write("image_path,region,x,y,w,h\na.jpg,bag,1,2,0,4\n");

        assertThatThrownBy(() -> RegionFile.read(csv))
                .hasMessageContaining("regions.csv: row 1")
                .hasMessageContaining("w=0");
    }

    @Test
    void demandsItsColumns() throws IOException {
        Path csv = write("picture,region\na.jpg,bag\n");

        assertThatThrownBy(() -> RegionFile.read(csv)).hasMessageContaining("expected image_path,region,x,y,w,h");
    }

    @Test
    void findsTheRegionsThatFitByTheAttributesName() {
        RegionRules rules = RegionRules.of(SCHEMA, Set.of("bag", "head", "arms", "person"), Map.of());

        assertThat(rules.fitting(SCHEMA.byId("carryingbag"))).isEqualTo("bag");
        assertThat(rules.fitting(SCHEMA.byId("emotion"))).isEqualTo("head+arms");
        assertThat(rules.fitting(SCHEMA.byId("imagequality"))).isEmpty();
    }

    @Test
    void refusesARegionThatTheFileDoesNotHave() {
        assertThatThrownBy(() -> RegionRules.of(SCHEMA, Set.of("bag"), Map.of("emotion", "nose")))
                .hasMessageContaining("no region \"nose\"");
    }

    /** 200 x 100 in a square of 100: half the size, 25 rows of padding above. */
    @Test
    void boxesFollowThePictureIntoTheLetterbox() {
        FrameBox box = FrameBox.of(new Box(20, 10, 40, 30), null, 200, 100, Preprocessing.square(100));

        assertThat(box).isEqualTo(new FrameBox(10, 30, 30, 45));
        assertThat(box.area()).isEqualTo(300);
        assertThat(box.coverage(9, 30)).isZero();
        assertThat(box.coverage(10, 44)).isEqualTo(1);
    }

    @Test
    void boxesFollowTheCutPartAndEndWhereItEnds() {
        FrameBox box = FrameBox.of(new Box(90, 0, 40, 50), new Box(50, 0, 50, 50), 200, 100, Preprocessing.square(100));

        assertThat(box).isEqualTo(new FrameBox(80, 0, 100, 100));
    }

    /** Differences 0.2 and 0.4: mean 0.3, deviation sqrt(0.02), so 1.96 * sqrt(0.02 / 2). */
    @Test
    void tallyGivesMeansAndTheirInterval() {
        RegionTally tally = new RegionTally();
        tally.add(0.3, 0.1, true);
        tally.add(0.6, 0.2, false);

        assertThat(tally.share()).isCloseTo(0.45, within(1e-12));
        assertThat(tally.area()).isCloseTo(0.15, within(1e-12));
        assertThat(tally.hitRate()).isEqualTo(0.5);
        assertThat(tally.halfWidth()).isCloseTo(0.196, within(1e-9));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(temp.resolve("regions.csv"), text);
    }
}
