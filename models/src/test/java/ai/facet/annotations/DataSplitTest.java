package ai.facet.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.files.AtomicFiles;
import ai.facet.image.RgbImage;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSplitTest {
    private static final SplitOptions OPTIONS = new SplitOptions(7, 0.15, 0.1, true);
    private static final Path CSV = Path.of("a.csv");

    @Test
    void sidesGetTheirSharesOfImagesAndOfRareClasses() {
        Data data = Data.distinct(1000);

        DataSplit split = data.split(OPTIONS);

        assertThat(split.indices(SplitSide.VALIDATION)).hasSizeBetween(148, 152);
        assertThat(split.indices(SplitSide.TEST)).hasSizeBetween(98, 102);
        long rare = IntStream.of(split.indices(SplitSide.VALIDATION))
                .filter(i -> data.images.get(i).labels()[0] == 1)
                .count();
        assertThat(rare).isBetween(6L, 9L);
    }

    @Test
    void rowOrderDoesNotMatterAndTheSeedDoes() {
        Data data = Data.distinct(300);
        DataSplit split = data.split(OPTIONS);
        List<Integer> order = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
        Collections.shuffle(order, new Random(5));

        DataSplit shuffled = data.reordered(order).split(OPTIONS);

        assertThat(shuffled.hash()).isEqualTo(split.hash());
        assertThat(IntStream.range(0, 300).mapToObj(i -> split.sides().get(order.get(i))))
                .containsExactlyElementsOf(shuffled.sides());
        assertThat(data.split(new SplitOptions(8, 0.15, 0.1, true)).hash()).isNotEqualTo(split.hash());
    }

    @Test
    void copiesAndNearCopiesAndGroupsStayTogether() {
        Data data = Data.distinct(200);
        for (int i = 0; i < 60; i += 3) {
            data.setFingerprint(i + 1, data.fingerprints.get(i));
            data.setFingerprint(i + 2, Data.fingerprint("near" + i, Data.picture(i, 1)));
        }
        for (int i = 100; i < 140; i++) {
            data.setRow(i, "g" + i / 4, null);
        }

        List<SplitSide> sides = data.split(new SplitOptions(1, 0.3, 0.3, true)).sides();

        for (int i = 0; i < 60; i += 3) {
            assertThat(sides.subList(i, i + 3)).containsOnly(sides.get(i));
        }
        for (int i = 100; i < 140; i++) {
            assertThat(sides.get(i)).isEqualTo(sides.get(i / 4 * 4));
        }
    }

    @Test
    void aChainOfNearDuplicatesDoesNotSwallowTheSet() {
        Data data = Data.distinct(300);
        for (int i = 0; i < 300; i++) {
            data.setFingerprint(i, Data.fingerprint("chain" + i, Data.picture(0, i / 40)));
        }

        DataSplit split = data.split(new SplitOptions(1, 0.3, 0, true));

        assertThat(split.indices(SplitSide.VALIDATION)).hasSizeBetween(80, 100);
    }

    @Test
    void rowOrderDoesNotMatterForLookalikesEither() {
        Data data = Data.distinct(200);
        for (int i = 0; i < 60; i++) {
            data.setFingerprint(i, Data.fingerprint("alike" + i, Data.picture(0, i / 20)));
        }
        List<Integer> order = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
        Collections.shuffle(order, new Random(5));

        assertThat(data.reordered(order).split(OPTIONS).hash())
                .isEqualTo(data.split(OPTIONS).hash());
    }

    @Test
    void nearCopiesThatAreTooManyToBindAreNamed() {
        Data data = Data.distinct(200);
        for (int i = 0; i < 30; i++) {
            data.setFingerprint(i, Data.fingerprint("alike" + i, Data.picture(0, i / 20)));
        }

        DataSplit split = data.split(new SplitOptions(1, 0.3, 0.3, true));

        assertThat(split.warnings()).singleElement().asString().contains("pairs of near copies lie on several sides");
    }

    @Test
    void aLargeGroupDoesNotSetItsNearCopiesFree() {
        for (int seed = 0; seed < 20; seed++) {
            Data data = Data.distinct(200);
            for (int i = 0; i < 15; i++) {
                data.setRow(i, "person", null);
            }
            data.setFingerprint(100, Data.fingerprint("near", Data.picture(0, 1)));

            List<SplitSide> sides =
                    data.split(new SplitOptions(seed, 0.3, 0.3, true)).sides();

            assertThat(sides.get(100)).as("seed %d", seed).isEqualTo(sides.get(0));
        }
    }

    @Test
    void thousandsOfCopiesOfOneLookArePairedInAChain() {
        ImageLook look = ImageLook.of(Data.picture(1, 0));

        assertThat(NearDuplicates.pairs(Collections.nCopies(20_000, look))).hasSize(19_999);
    }

    @Test
    void fixedSidesAreHonouredAndLeaksAreNamed() {
        Data data = Data.distinct(100);
        data.setRow(3, null, SplitSide.VALIDATION);
        data.setRow(4, null, SplitSide.TRAIN);
        data.setFingerprint(4, data.fingerprints.get(3));

        DataSplit split = data.split(OPTIONS);

        assertThat(split.indices(SplitSide.VALIDATION)).containsExactly(3);
        assertThat(split.indices(SplitSide.TEST)).isNotEmpty();
        assertThat(split.warnings()).singleElement().asString().contains("a.csv:5 (validation) and a.csv:6 (train)");
    }

    @Test
    void anImageThatTheStoredSplitLacksIsOnNoSide(@TempDir Path folder) throws IOException {
        Data data = Data.distinct(50);
        DataSplit split = data.split(OPTIONS);
        Path file = folder.resolve("split.json");
        SplitFile.write(file, split, data.fingerprints, AtomicFiles.real());
        int known = split.indices(SplitSide.TRAIN)[0];

        assertThat(SplitFile.onSide(
                        file,
                        List.of(Data.fingerprint("new", Data.picture(900, 0)), data.fingerprints.get(known)),
                        SplitSide.TRAIN))
                .containsExactly(1);
    }

    @Test
    void storedSplitComesBackWhateverTheOrder(@TempDir Path folder) throws IOException {
        Data data = Data.distinct(50);
        DataSplit split = data.split(OPTIONS);
        Path file = folder.resolve("split.json");
        SplitFile.write(file, split, data.fingerprints, AtomicFiles.real());

        DataSplit read = SplitFile.read(file, data.table(), data.fingerprints);

        assertThat(read).isEqualTo(split);
        assertThat(SplitFile.onSide(file, data.fingerprints, SplitSide.TEST)).isEqualTo(split.indices(SplitSide.TEST));
        data.setFingerprint(9, Data.fingerprint("changed", Data.picture(900, 0)));
        assertThatThrownBy(() -> SplitFile.read(file, data.table(), data.fingerprints))
                .hasMessageContaining("a.csv:11")
                .hasMessageContaining("not in the stored split");
    }

    @Test
    void provenanceHasHashesSeedAndFractionsOnly() {
        Data data = Data.distinct(100);

        assertThat(data.split(OPTIONS).provenance(data.table()))
                .containsOnlyKeys("dataHash", "fileHashes", "splitHash", "seed", "fractions");
    }

    /** A table in the making: one attribute whose second class has 5 %, and random pictures. */
    private static final class Data {
        final List<AnnotatedImage> images = new ArrayList<>();
        final List<ImageFingerprint> fingerprints = new ArrayList<>();

        static Data distinct(int count) {
            Data data = new Data();
            for (int i = 0; i < count; i++) {
                int[] labels = {i % 20 == 0 ? 1 : 0};
                data.images.add(new AnnotatedImage(Path.of(i + ".jpg"), CSV, i + 2, labels, null, null, null));
                data.fingerprints.add(fingerprint("content" + i, picture(i, 0)));
            }
            return data;
        }

        static ImageFingerprint fingerprint(String content, RgbImage picture) {
            return new ImageFingerprint(content, ImageLook.of(picture));
        }

        /** Noise of a seed, brightened. */
        static RgbImage picture(int seed, int brighter) {
            byte[] pixels = new byte[32 * 32 * 3];
            new Random(seed).nextBytes(pixels);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) ((pixels[i] & 0x7F) + brighter);
            }
            return new RgbImage(32, 32, pixels);
        }

        Data reordered(List<Integer> order) {
            Data data = new Data();
            order.forEach(i -> data.images.add(images.get(i)));
            order.forEach(i -> data.fingerprints.add(fingerprints.get(i)));
            return data;
        }

        void setFingerprint(int i, ImageFingerprint fingerprint) {
            fingerprints.set(i, fingerprint);
        }

        void setRow(int i, @Nullable String group, @Nullable SplitSide side) {
            AnnotatedImage old = images.get(i);
            images.set(i, new AnnotatedImage(old.path(), CSV, old.line(), old.labels(), null, group, side));
        }

        AnnotationTable table() {
            Attribute attribute = new Attribute("bag", "bag", List.of("no", "yes"));
            return new AnnotationTable(
                    new AttributeSchema(List.of(attribute)), images, "hash", List.of("hash"), List.of());
        }

        DataSplit split(SplitOptions options) {
            return DataSplit.of(table(), fingerprints, options);
        }
    }
}
