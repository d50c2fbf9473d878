package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.facet.decode.ImageGoldens;
import ai.facet.serve.GoldenBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Requests that are as they should be, of each kind that the server knows, to the model {@link #MODEL}. */
final class FuzzCorpus {
    static final String MODEL = "person";
    /** A whole request whose answer is known. */
    static final FuzzRequest GOOD = FuzzRequest.post("/predictions/" + MODEL, "image/png", golden());

    private static final String MULTIPART = "multipart/form-data; boundary=xyz";
    private static final String JSON = "application/json";
    private static final List<byte[]> PICTURES = pictures();
    private static final List<String> TARGETS = List.of(
            "/predictions/" + MODEL,
            "/predictions/" + MODEL + "/1",
            "/predictions/" + MODEL + "?probabilities=true",
            "/predictions/" + MODEL + "?explain=true",
            "/models/" + MODEL + "/invoke",
            "/invocations",
            "/invocations?model_name=" + MODEL + "&model_version=1");
    private static final List<String> READS = List.of(
            "/",
            "/page.js",
            "/ping",
            "/models",
            "/metrics",
            "/openapi.json",
            "/models/" + MODEL,
            "/v2",
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/models/" + MODEL,
            "/v2/models/" + MODEL + "/versions/1/ready");
    /** So many of them, the first, name no model. */
    private static final int UNNAMED_READS = 6;

    /** What the management port has besides; of models that are not there, so that the served one stays. */
    private static final List<String> CHANGES = List.of(
            "POST /models?url=absent",
            "DELETE /models/absent",
            "DELETE /models/absent/1",
            "POST /models/absent/reload");

    private FuzzCorpus() {}

    private static byte[] golden() {
        try {
            return GoldenBundle.picture("red-circle.png");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> pictures() {
        List<byte[]> all = new ArrayList<>(List.of(golden()));
        for (String file : List.of(
                "rgb-420.jpg",
                "progressive.jpg",
                "cmyk.jpg",
                "icc-adobe-rgb.jpg",
                "orientation-6.jpg",
                "grey-16.png",
                "interlaced.png",
                "palette-transparent.png",
                "animated.gif",
                "palette-8.bmp",
                "lossy-alpha.webp")) {
            all.add(ImageGoldens.bytes(file));
        }
        return all;
    }

    /** Any request of the public port; its picture, if it has one, comes from here. */
    static FuzzRequest any(Random random) {
        byte[] picture = PICTURES.get(random.nextInt(PICTURES.size()));
        return random.nextInt(4) == 0 ? FuzzRequest.get(one(READS, random)) : withPicture(picture, random);
    }

    /** Any request of the management port. None names the model: its method may become DELETE. */
    static FuzzRequest managing(Random random) {
        if (random.nextBoolean()) {
            return FuzzRequest.get(one(READS.subList(0, UNNAMED_READS), random));
        }
        return FuzzRequest.get("").withLine(one(CHANGES, random) + " HTTP/1.1");
    }

    /** A request that carries these bytes as its picture, in one of the forms that there are. */
    static FuzzRequest withPicture(byte[] picture, Random random) {
        String target = one(TARGETS, random);
        String base64 = Base64.getEncoder().encodeToString(picture);
        return switch (random.nextInt(4)) {
            case 0 -> FuzzRequest.post(target, MULTIPART, Requests.multipart("image", picture));
            case 1 -> FuzzRequest.post(target, JSON, ("{\"image\": \"" + base64 + "\"}").getBytes(UTF_8));
            case 2 -> FuzzRequest.post("/v2/models/" + MODEL + "/infer", JSON, inference(base64, random));
            default -> FuzzRequest.post(target, "image/jpeg", picture);
        };
    }

    /** A picture of the corpus. */
    static byte[] picture(Random random) {
        return PICTURES.get(random.nextInt(PICTURES.size()));
    }

    private static byte[] inference(String base64, Random random) {
        int count = 1 + random.nextInt(3);
        String data = String.join("\", \"", java.util.Collections.nCopies(count, base64));
        return ("{\"id\": \"1\", \"inputs\": [{\"name\": \"image\", \"shape\": [" + count
                        + "], \"datatype\": \"BYTES\", \"data\": [\"" + data
                        + "\"]}], \"outputs\": [{\"name\": \"colour\"}]}")
                .getBytes(UTF_8);
    }

    private static String one(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
