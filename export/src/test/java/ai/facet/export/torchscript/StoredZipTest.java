package ai.facet.export.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class StoredZipTest {
    @Test
    void javaReadsItBack() throws IOException {
        StoredZip zip = new StoredZip("model/");
        zip.add("a", "first".getBytes(UTF_8));
        zip.add("folder/b", new byte[0]);
        zip.add("c", new byte[1000]);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.finish()))) {
            assertThat(in.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("model/a");
            assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("first");
            assertThat(in.getNextEntry()).extracting(ZipEntry::getName).isEqualTo("model/folder/b");
            assertThat(in.getNextEntry()).extracting(ZipEntry::getMethod).isEqualTo(ZipEntry.STORED);
            assertThat(in.readAllBytes()).hasSize(1000); // reading to the end checks the CRC
            assertThat(in.getNextEntry()).isNull();
        }
    }

    @Test
    void dataBeginsAtMultiplesOf64() {
        StoredZip zip = new StoredZip("m/");
        for (int i = 1; i < 70; i++) {
            zip.add("x".repeat(i), ("<data" + i + ">").getBytes(UTF_8));
        }
        String bytes = new String(zip.finish(), java.nio.charset.StandardCharsets.ISO_8859_1);
        for (int i = 1; i < 70; i++) {
            assertThat(bytes.indexOf("<data" + i + ">") % 64).as("record " + i).isZero();
        }
    }
}
