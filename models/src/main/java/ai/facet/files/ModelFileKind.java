package ai.facet.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a path that should hold a model seems to hold, by its first bytes and not by its name. For messages. */
public enum ModelFileKind {
    CHECKPOINT,
    /** A folder of {@code facet train}. */
    RUN_FOLDER,
    BUNDLE,
    /** A ZIP archive, as {@code torch.jit.save} writes them. */
    TORCHSCRIPT,
    ONNX,
    /** None of these: a damaged file, something foreign, or nothing at all. */
    OTHER;

    private static final String BEST_CHECKPOINT = "best.safetensors";
    /** How a serialised {@code ModelProto} begins: field 1, the version; field 2, the producer (onnx.proto). */
    private static final byte ONNX_VERSION = 0x08;

    private static final byte ONNX_PRODUCER = 0x12;
    private static final String CHECKSUMS = "SHA256SUMS";

    /** Looks at a path and never fails. */
    public static ModelFileKind of(Path path) {
        if (Files.isDirectory(path)) {
            return Files.isRegularFile(path.resolve(CHECKSUMS))
                    ? BUNDLE
                    : Files.isRegularFile(path.resolve(BEST_CHECKPOINT)) ? RUN_FOLDER : OTHER;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return ofBytes(in.readNBytes(Long.BYTES + 1), Files.size(path));
        } catch (IOException e) {
            return OTHER;
        }
    }

    /** A safetensors file begins with the length of its header, a JSON object. */
    private static ModelFileKind ofBytes(byte[] start, long size) {
        if (new String(start, StandardCharsets.ISO_8859_1).startsWith("PK\u0003\u0004")) {
            return TORCHSCRIPT;
        }
        if (start.length > 2 && start[0] == ONNX_VERSION && start[2] == ONNX_PRODUCER) {
            return ONNX;
        }
        if (start.length <= Long.BYTES || start[Long.BYTES] != '{') {
            return OTHER;
        }
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 1 && header <= size - Long.BYTES ? CHECKPOINT : OTHER;
    }

    /** What to do with a path where an exported model was expected; empty if its own reader says it better. */
    public static String insteadOfExported(Path path) {
        return switch (of(path)) {
            case CHECKPOINT ->
                path
                        + " is a checkpoint; expected a bundle or an .onnx file. Make a bundle with facet export --checkpoint "
                        + path + " --output FOLDER, or measure the checkpoint with facet evaluate --checkpoint " + path;
            case RUN_FOLDER ->
                path
                        + " is a run folder; expected a bundle or an .onnx file. Make a bundle with facet export --checkpoint "
                        + path.resolve(BEST_CHECKPOINT) + " --output FOLDER";
            case TORCHSCRIPT -> path + " is TorchScript; expected a bundle or an .onnx file, such as the one beside it";
            case BUNDLE, ONNX, OTHER -> "";
        };
    }

    /** What to do with a path where a checkpoint was expected; empty if its own reader says it better. */
    public static String insteadOfCheckpoint(Path path) {
        return switch (of(path)) {
            case BUNDLE ->
                path + " is a bundle; expected a checkpoint (" + BEST_CHECKPOINT + " of a run folder). Commands for"
                        + " bundles take it with --model";
            case RUN_FOLDER -> path + " is a run folder; expected a checkpoint in it: " + path.resolve(BEST_CHECKPOINT);
            case TORCHSCRIPT ->
                path + " is a ZIP archive, such as TorchScript; expected a checkpoint (" + BEST_CHECKPOINT
                        + " of a run folder)";
            case ONNX ->
                path + " is an ONNX file; expected a checkpoint (" + BEST_CHECKPOINT + " of a run folder). Commands for"
                        + " exported models take it with --model";
            case CHECKPOINT, OTHER -> "";
        };
    }
}
