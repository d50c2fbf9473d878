package ai.facet.train.natives;

import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.files.FileTree;
import ai.facet.files.Sha256;
import ai.facet.train.config.TorchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks the libraries of a libtorch archive into {@code <folder>/lib} and marks the folder with {@code COMPLETE}.
 * Until the hash has been checked nothing of the archive is unpacked; an interrupted installation leaves no mark.
 */
final class TorchInstaller {
    private static final String LIBRARY_FOLDER = "libtorch/lib/";
    private static final String VERSION_FILE = "libtorch/build-version";
    private static final int VERSION_LIMIT = 80;
    private static final String COMPLETE = "COMPLETE";
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long BYTES_PER_MB = 1_000_000;

    private final Path folder;

    TorchInstaller(Path folder) {
        this.folder = folder;
    }

    /** {@code $FACET_CACHE/natives/torch-cuda}, by default below {@code ~/.cache/facet}; the launcher looks there. */
    static Path defaultFolder() {
        String cache = System.getenv("FACET_CACHE");
        Path root = cache == null ? Path.of(System.getProperty("user.home"), ".cache", "facet") : Path.of(cache);
        return root.resolve("natives").resolve("torch-cuda");
    }

    static boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve(COMPLETE));
    }

    void install(ArchiveSource source, String expectedSha256) throws IOException {
        Files.createDirectories(folder);
        Path archive = folder.resolve("archive.zip.facet-tmp");
        Path staging = folder.resolve("lib.facet-tmp");
        try {
            requireHash(source, store(source, archive), expectedSha256);
            FileTree.remove(staging);
            unpack(archive, staging);
            Files.deleteIfExists(folder.resolve(COMPLETE));
            FileTree.remove(folder.resolve("lib"));
            Files.move(staging, folder.resolve("lib"), StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(folder.resolve(COMPLETE), expectedSha256 + "\n");
        } finally {
            Files.deleteIfExists(archive);
            FileTree.remove(staging);
        }
    }

    private static String store(ArchiveSource source, Path archive) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (Progress progress = Progress.start("fetching", "MB", Math.max(source.sizeBytes(), 0) / BYTES_PER_MB);
                InputStream in = new DigestInputStream(source.stream(), digest);
                OutputStream out = Files.newOutputStream(archive)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                bytes += n;
                progress.stepTo(bytes / BYTES_PER_MB);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void requireHash(ArchiveSource source, String found, String expected) {
        if (!found.equals(expected)) {
            throw UserException.failed(source.name() + ": SHA-256 is " + found + ", expected " + expected
                    + ". Nothing was installed; check the hash or fetch the archive again");
        }
    }

    private static void unpack(Path archive, Path staging) throws IOException {
        Files.createDirectories(staging);
        int libraries = 0;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            requireVersion(zip);
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                libraries += unpackLibrary(zip, entries.nextElement(), staging);
            }
        }
        if (libraries == 0 || !hasCuda(staging)) {
            throw UserException.failed("the archive has no " + LIBRARY_FOLDER + "*torch_cuda*; expected the libtorch "
                    + "archive \"shared with dependencies\" for CUDA. Nothing was installed");
        }
    }

    /** Another version would be loaded without complaint and compute wrong numbers. */
    private static void requireVersion(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(VERSION_FILE);
        if (entry == null) {
            return;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            String version = new String(in.readNBytes(VERSION_LIMIT), StandardCharsets.UTF_8).strip();
            if (!version.equals(TorchEngine.VERSION) && !version.startsWith(TorchEngine.VERSION + "+")) {
                throw UserException.failed("the archive's " + VERSION_FILE + " says " + version + "; expected "
                        + TorchEngine.VERSION + "+cu128. Nothing was installed");
            }
        }
    }

    /** Only plain files directly in the library folder are taken, so no entry can leave it. */
    private static int unpackLibrary(ZipFile zip, ZipEntry entry, Path staging) throws IOException {
        String name = entry.getName();
        if (entry.isDirectory() || !name.startsWith(LIBRARY_FOLDER)) {
            return 0;
        }
        String library = name.substring(LIBRARY_FOLDER.length());
        if (!library.matches("[A-Za-z0-9][A-Za-z0-9._+-]*")) {
            return 0;
        }
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, staging.resolve(library));
        }
        return 1;
    }

    private static boolean hasCuda(Path staging) throws IOException {
        try (Stream<Path> files = Files.list(staging)) {
            return files.anyMatch(f -> f.getFileName().toString().contains("torch_cuda"));
        }
    }
}
