package ai.facet.apk;

import com.android.apksig.ApkSigner;
import com.android.apksig.ApkVerifier;
import com.android.apksig.KeyConfig;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Puts linked resources, classes.dex and, if there are any, native libraries into one APK, aligns and signs it, verifies the
 * signature and the alignment, and prints the sizes. A tool of the Maven profile {@code apk}, run from its source by
 * {@code java}; no part of the app.
 *
 * <p>Arguments: resources, dex file, AAR of ONNX Runtime or {@code none}, key store (PKCS12), its password, lowest API level,
 * APK to write.
 */
final class BuildApk {
    private static final int ARGUMENTS = 7;
    private static final int ALIGNMENT = 4; // bytes; Android maps what is stored
    private static final int PAGE_ALIGNMENT = 16_384; // bytes; phones with Android 15 may have such pages
    private static final int LOCAL_HEADER = 30; // bytes, APPNOTE 4.3.7
    private static final String NATIVES = "jni/";

    private final ZipOutputStream out;

    private BuildApk(ZipOutputStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != ARGUMENTS) {
            throw new IllegalArgumentException("expected RESOURCES DEX AAR|none KEYSTORE PASSWORD MIN-SDK APK");
        }
        Path apk = Path.of(arguments[6]);
        Path unsigned = apk.resolveSibling("unsigned.apk");
        try (OutputStream file = Files.newOutputStream(unsigned);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            BuildApk build = new BuildApk(zip);
            build.addAll(Path.of(arguments[0]), "", "");
            build.add("classes.dex", Files.readAllBytes(Path.of(arguments[1])), true);
            if (!arguments[2].equals("none")) {
                build.addAll(Path.of(arguments[2]), NATIVES, "lib/");
            }
        }
        int minSdk = Integer.parseInt(arguments[5]);
        sign(unsigned.toFile(), apk.toFile(), key(Path.of(arguments[3]), arguments[4].toCharArray()), minSdk);
        Files.delete(unsigned);
        verify(apk, minSdk);
        print(apk);
    }

    /** Entries that begin so, under another beginning; stored stays stored, and natives are, so that they need no unpacking. */
    private void addAll(Path archive, String from, String to) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (!entry.isDirectory() && entry.getName().startsWith(from)) {
                    String name = to + entry.getName().substring(from.length());
                    boolean deflated = entry.getMethod() == ZipEntry.DEFLATED && from.isEmpty();
                    try (InputStream in = zip.getInputStream(entry)) {
                        add(name, in.readAllBytes(), deflated);
                    }
                }
            }
        }
    }

    private void add(String name, byte[] bytes, boolean deflated) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setLastModifiedTime(FileTime.fromMillis(0)); // same sources, same file
        entry.setMethod(deflated ? ZipEntry.DEFLATED : ZipEntry.STORED);
        if (!deflated) {
            CRC32 check = new CRC32();
            check.update(bytes);
            entry.setCrc(check.getValue());
            entry.setSize(bytes.length);
        }
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    private static ApkSigner.SignerConfig key(Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        String alias = store.aliases().nextElement();
        PrivateKey key = (PrivateKey) store.getKey(alias, password);
        X509Certificate certificate = (X509Certificate) store.getCertificate(alias);
        return new ApkSigner.SignerConfig.Builder(alias, new KeyConfig.Jca(key), List.of(certificate)).build();
    }

    private static void sign(File unsigned, File apk, ApkSigner.SignerConfig key, int minSdk) throws Exception {
        new ApkSigner.Builder(List.of(key))
                .setInputApk(unsigned)
                .setOutputApk(apk)
                .setMinSdkVersion(minSdk)
                .setAlignmentPreserved(false)
                .setLibraryPageAlignmentBytes(PAGE_ALIGNMENT)
                .build()
                .sign();
    }

    private static void verify(Path apk, int minSdk) throws Exception {
        ApkVerifier.Result result = new ApkVerifier.Builder(apk.toFile())
                .setMinCheckedPlatformVersion(minSdk)
                .build()
                .verify();
        if (!result.isVerified()) {
            throw new IOException(apk + " is not signed as Android wants it: " + result.getAllErrors());
        }
        byte[] bytes = Files.readAllBytes(apk);
        try (ZipFile zip = new ZipFile(apk.toFile())) {
            int at = 0;
            // Local headers lie in the order of the directory: apksig writes them so.
            for (ZipEntry entry : zip.stream().toList()) {
                int nameLength = u16(bytes, at + 26);
                int data = at + LOCAL_HEADER + nameLength + u16(bytes, at + 28);
                if (!entry.getName().equals(new String(bytes, at + LOCAL_HEADER, nameLength, "UTF-8"))) {
                    throw new IOException(apk + " has no " + entry.getName() + " at byte " + at);
                }
                int alignment = entry.getName().endsWith(".so") ? PAGE_ALIGNMENT : ALIGNMENT;
                if (entry.getMethod() == ZipEntry.STORED && data % alignment != 0) {
                    throw new IOException(
                            entry.getName() + " begins at byte " + data + "; expected a multiple of " + alignment);
                }
                at = data + (int) entry.getCompressedSize() + descriptorBytes(bytes, at);
            }
        }
    }

    /** What follows the data if sizes were not known before (flag 3); with its signature. */
    private static int descriptorBytes(byte[] bytes, int header) {
        return (u16(bytes, header + 6) & 8) == 0 ? 0 : 16;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
    }

    private static void print(Path apk) throws IOException {
        Map<String, Long> parts = new TreeMap<>();
        try (ZipFile zip = new ZipFile(apk.toFile())) {
            zip.stream().forEach(entry -> parts.merge(part(entry.getName()), entry.getCompressedSize(), Long::sum));
        }
        parts.forEach((part, bytes) -> System.out.printf("%9d  %s%n", bytes, part));
        System.out.printf("%9d  %s, signed and verified%n", Files.size(apk), apk.getFileName());
        if (parts.keySet().stream().noneMatch(part -> part.startsWith("lib/"))) {
            System.out.println("without ONNX Runtime's natives: the app can only say that they are missing."
                    + " -Donnxruntime.aar=FILE adds them");
        }
    }

    private static String part(String name) {
        if (name.startsWith("lib/")) {
            return name.substring(0, name.lastIndexOf('/'));
        }
        if (name.startsWith("assets/")) {
            return "assets (model)";
        }
        return name.equals("classes.dex") ? name : "resources, manifest, signature";
    }
}
