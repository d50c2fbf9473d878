package ai.facet.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoubtfulClassTest {
    @TempDir
    Path folder;

    @Test
    void aRareClassNamesItsRowsAndTheClassThatMayBeMeant() throws IOException {
        List<DoubtfulClass> found = find(rows("Women", 30) + rows("Men", 30) + rows("Womn", 1) + rows("Child", 2));

        assertThat(found)
                .extracting(DoubtfulClass::text)
                .containsExactly(
                        "\"Child\" (2 pictures, people.csv:63, people.csv:64): a typing error?",
                        "\"Womn\" (1 picture, people.csv:62): did you mean \"Women\"?");
    }

    @Test
    void theClosestNameIsMeantAndTheFirstLetterIsRight() throws IOException {
        assertThat(find(rows("Male", 40) + rows("Female", 30) + rows("Fmale", 1)))
                .extracting(DoubtfulClass::similar)
                .containsExactly("Female");
    }

    @Test
    void frequentClassesThatDifferInCaseOnlyAreDoubtful() throws IOException {
        assertThat(find(rows("Women", 40) + rows("women", 30)))
                .extracting(DoubtfulClass::text)
                .containsExactly("\"women\" (30 pictures): did you mean \"Women\"?");
    }

    @Test
    void frequentClassesMayHaveSimilarNames() throws IOException {
        assertThat(find(rows("Sitting", 40) + rows("Fitting", 30))).isEmpty();
    }

    @Test
    void smallTablesHaveRareClasses() throws IOException {
        assertThat(find(rows("Women", 30) + rows("Womn", 1))).isEmpty();
    }

    @Test
    void theSummaryHasALinePerAttribute() throws IOException {
        String summary = DoubtfulClass.summary(find(rows("Women", 60) + rows("a", 1) + rows("b", 1) + rows("c", 1)));

        assertThat(summary.lines()).hasSize(2);
        assertThat(summary).startsWith("3 doubtful classes\n  gender: \"a\" (1 picture");
        assertThat(DoubtfulClass.summary(List.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Women, Womn, true",
        "Women, Wmoen, true",
        "T-shirt, t shirt, true",
        "15-25, 15–25, true",
        "15-25, 15-35, false",
        "A+, A-, false",
        "Male, Female, false",
        "Front, Back, false"
    })
    void similarNamesHaveTheSameDigitsAndFewOtherLetters(String a, String b, boolean similar) {
        assertThat(Spelling.similar(a, b)).isEqualTo(similar);
    }

    private static String rows(String label, int times) {
        return ("x.jpg," + label + "\n").repeat(times);
    }

    private List<DoubtfulClass> find(String rows) throws IOException {
        Path csv = Files.writeString(folder.resolve("people.csv"), "image_path,gender\n" + rows);
        return DoubtfulClass.of(
                CsvAnnotations.readGoodRows(csv, CsvOptions.defaults()).table());
    }
}
