package ai.facet.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.facet.image.Box;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvAnnotationsTest {
    private static final String PLAIN = "image_path,gender,age\na.jpg,male,25-35\nb.jpg,female,5-15\nc.jpg,,55+\n";

    @TempDir
    Path folder;

    @Test
    void infersAttributesWithClassesInNaturalOrder() throws IOException {
        AnnotationTable table = read(PLAIN, CsvOptions.defaults());

        assertThat(table.schema().attributes())
                .containsExactly(
                        Attribute.ofTitle("gender", List.of("female", "male")),
                        Attribute.ofTitle("age", List.of("5-15", "25-35", "55+")));
        assertThat(table.images().get(0).labels()).containsExactly(1, 1);
        assertThat(table.images().get(0).path()).isEqualTo(folder.resolve("a.jpg"));
    }

    @Test
    void emptyCellIsAMissingLabelAndNoneIsAWord() throws IOException {
        AnnotationTable table = read("image_path,bag\na.jpg,None\nb.jpg, \nc.jpg,Bag\n", CsvOptions.defaults());

        assertThat(table.schema().attributes().get(0).classes()).containsExactly("Bag", "None");
        assertThat(table.images().get(1).labels()).containsExactly(AnnotatedImage.MISSING);
    }

    @Test
    void declaredTextsAreMissingToo() throws IOException {
        CsvOptions options = CsvOptions.defaults().withMissing(Set.of("?"));

        AnnotationTable table = read("image_path,bag\na.jpg,None\nb.jpg,?\nc.jpg,Bag\n", options);

        assertThat(table.classCounts(0)).containsExactly(1, 1);
    }

    @Test
    void strayClassAgainstFrozenSchemaNamesLineFoundAndExpected() {
        AttributeSchema schema = new AttributeSchema(List.of(Attribute.ofTitle("age", List.of("15-25", "25-35"))));
        CsvOptions options = CsvOptions.defaults().withSchema(schema);

        assertThatThrownBy(() -> read("image_path,age\na.jpg,15-25\nb.jpg,33-44\nc.jpg,1\nd.jpg,33-44\n", options))
                .isInstanceOf(AnnotationException.class)
                .hasMessage("annotations.csv:3 and 1 more row: age is \"33-44\"; expected one of [15-25, 25-35]\n"
                        + "annotations.csv:4: age is \"1\"; expected one of [15-25, 25-35]\n"
                        + "Cells that stand for no label: name their text with --missing TEXT, or take every class that"
                        + " the schema lacks for no label with --unknown-as-missing");
    }

    @Test
    void strayClassesAreMissingWhereAskedFor() throws IOException {
        AttributeSchema schema = new AttributeSchema(List.of(Attribute.ofTitle("age", List.of("15-25", "25-35"))));
        CsvOptions options = CsvOptions.defaults().withSchema(schema).withUnknownAsMissing(true);

        AnnotationTable table = read("image_path,age\na.jpg,15-25\nb.jpg,33-44\nc.jpg,1\nd.jpg,33-44\n", options);

        assertThat(table.classCounts(0)).containsExactly(1, 0);
        assertThat(table.notes())
                .containsExactly(
                        "annotations.csv: age is \"1\" in 1 row, which is no class of the schema: taken for no label",
                        "annotations.csv: age is \"33-44\" in 2 rows, which is no class of the schema: taken for no label");
    }

    @Test
    void linesCountThroughBlankLinesQuotedBreaksAndWindowsEnds() {
        String text = "\uFEFFimage_path,bag\r\n\"a\r\nb (1),x.jpg\",None\r\n\r\nc.jpg,Bag\r\nd.jpg\r\n";

        assertThatThrownBy(() -> read(text, CsvOptions.defaults()))
                .hasMessageStartingWith("annotations.csv:6: 1 cells; expected 2");
    }

    @Test
    void keepsSpacesBracketsAndCommasInFileNames() throws IOException {
        AnnotationTable table =
                read("image_path,bag\n\"Set 1/5580_2 (3), b.jpg\",None\nb.jpg,Bag/Box\n", CsvOptions.defaults());

        assertThat(table.images().get(0).path())
                .isEqualTo(folder.resolve("Set 1").resolve("5580_2 (3), b.jpg"));
    }

    @Test
    void namesTheLineThatIsNotUtf8() throws IOException {
        Path csv = folder.resolve("annotations.csv");
        Files.write(csv, "image_path,bag\na.jpg,x\nb.jpg,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> CsvAnnotations.read(csv, CsvOptions.defaults()))
                .hasMessageStartingWith("annotations.csv:3: byte 0xE9 is not UTF-8");
    }

    @Test
    void refusesDuplicateTitles() {
        assertThatThrownBy(() -> read("image_path,bag,bag\na,b,c\n", CsvOptions.defaults()))
                .hasMessage("annotations.csv:1: two columns are called \"bag\"; rename or remove one");
    }

    @Test
    void refusesBrokenQuoting() {
        assertThatThrownBy(() -> read("image_path,bag\na.jpg,\"b\" c\n", CsvOptions.defaults()))
                .isInstanceOf(AnnotationException.class)
                .hasMessageContaining("broken quoting");
    }

    @Test
    void recognisesSemicolons() {
        assertThatThrownBy(() -> read("image_path;bag\na;b\n", CsvOptions.defaults()))
                .hasMessageContaining("separated by semicolons");
    }

    @Test
    void refusesColumnsOfNamesAndSaysHowToChoose() {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> "orig " + i + ".jpg," + (i % 2 == 0 ? "x" : "y") + ",img/" + i + ".jpg")
                .collect(Collectors.joining("\n"));

        assertThatThrownBy(() -> read("filename,bag,image_path\n" + rows, CsvOptions.defaults()))
                .hasMessageContaining("column \"filename\" cannot be an attribute: 40 different texts in 40 rows")
                .hasMessageEndingWith("--attributes \"bag\"");
    }

    @Test
    void readsBoxesGroupsAndSides() throws IOException {
        CsvOptions options = CsvOptions.defaults()
                .withBoxColumns(CsvOptions.BOX_COLUMNS)
                .withGroupColumn("person")
                .withSplitColumn("part");

        AnnotatedImage image = read(
                        "image_path,x,y,w,h,person,part,bag\na.jpg,1,2,30.0,40,p7,Val,A\nb.jpg,0,0,1,1,,train,B\n",
                        options)
                .images()
                .get(0);

        assertThat(image.box()).isEqualTo(new Box(1, 2, 30, 40));
        assertThat(image.group()).isEqualTo("p7");
        assertThat(image.split()).isEqualTo(SplitSide.VALIDATION);
    }

    @Test
    void goodRowsSurviveBadOnes() throws IOException {
        Path csv = write("image_path,x,y,w,h,bag\na.jpg,1,2,0,4,A\nb.jpg,1,2,3,4,A\nc.jpg,1,2,3,4,B\n");
        CsvOptions options = CsvOptions.defaults().withBoxColumns(CsvOptions.BOX_COLUMNS);

        CsvAnnotations.Reading reading = CsvAnnotations.readGoodRows(csv, options);

        assertThat(reading.table().size()).isEqualTo(2);
        assertThat(reading.problems()).singleElement().asString().startsWith("annotations.csv:2: the box [x, y, w, h]");
    }

    @Test
    void hashIgnoresQuotingAndLineEndsButNotLabels() throws IOException {
        String hash = read(PLAIN, CsvOptions.defaults()).hash();

        assertThat(read(PLAIN.replace("\n", "\r\n").replace(",male,", ",\"male\","), CsvOptions.defaults())
                        .hash())
                .isEqualTo(hash);
        assertThat(read(PLAIN.replace("c.jpg,,", "c.jpg,male,"), CsvOptions.defaults())
                        .hash())
                .isNotEqualTo(hash);
    }

    /** So a model is not praised for pictures that it was trained on, whatever columns its training used. */
    @Test
    void aFileIsKnownAgainWithoutItsGroupsAndAmongOthers() throws IOException {
        AnnotationTable alone = read(PLAIN, CsvOptions.defaults().withAttributes(List.of("gender")));
        AnnotationTable grouped = read(
                PLAIN, CsvOptions.defaults().withAttributes(List.of("gender")).withGroupColumn("age"));
        Path train = write(PLAIN);
        Path validation = Files.copy(train, folder.resolve("validation.csv"));
        AnnotationTable both = CsvAnnotations.read(
                train, validation, null, CsvOptions.defaults().withAttributes(List.of("gender")));

        assertThat(grouped.hash()).isNotEqualTo(alone.hash());
        assertThat(grouped.fileHashes()).isEqualTo(alone.fileHashes()).containsExactly(alone.hash());
        assertThat(both.fileHashes()).containsExactly(alone.hash(), alone.hash());
    }

    @Test
    void separateFilesFixTheSides() throws IOException {
        Path train = write(PLAIN);
        Path test = folder.resolve("test.csv");
        Files.writeString(test, "image_path,gender,age\nz.jpg,male,55+\n");

        AnnotationTable table = CsvAnnotations.read(train, null, test, CsvOptions.defaults());

        assertThat(table.images()).extracting(AnnotatedImage::split).containsExactly(null, null, null, SplitSide.TEST);
        assertThat(table.images().get(3).place()).isEqualTo("test.csv:2");
    }

    private AnnotationTable read(String text, CsvOptions options) throws IOException {
        return CsvAnnotations.read(write(text), options);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("annotations.csv"), text);
    }
}
