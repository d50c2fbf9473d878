package ai.facet.serve.http;

import static ai.facet.serve.http.Requests.multipart;
import static ai.facet.serve.http.Requests.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.facet.decode.ImageGoldens;
import ai.facet.json.Json;
import ai.facet.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of strange and hostile pictures over HTTP, in each form in which a picture may come. */
@Timeout(60)
class HostilePicturesTest {
    private static final int OK = 200;
    private static final String ANSWER = "\"light\"";

    private static HttpServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TestServer.start(FakeModel.open());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> pictures() {
        return Stream.of(strange(), damaged(), foreign(), huge()).flatMap(rows -> rows);
    }

    private static Stream<Arguments> strange() {
        return Stream.of(
                Arguments.of("CMYK JPEG", golden("cmyk.jpg"), OK, ANSWER),
                Arguments.of("YCCK JPEG", golden("ycck.jpg"), OK, ANSWER),
                Arguments.of("progressive JPEG", golden("progressive.jpg"), OK, ANSWER),
                Arguments.of("JPEG with bytes behind its end", golden("trailing-bytes.jpg"), OK, ANSWER),
                Arguments.of("16-bit PNG", golden("rgb-16.png"), OK, ANSWER),
                Arguments.of("16-bit grey PNG with alpha", golden("grey-alpha-16.png"), OK, ANSWER),
                Arguments.of("animated GIF: its first frame", golden("animated.gif"), OK, ANSWER),
                Arguments.of("animated WebP", animatedWebp(), 415, "is an animated WebP"),
                Arguments.of(
                        "24 million pixels in a few kilobytes", HostilePictures.stripedPng(6000, 4000), OK, ANSWER),
                Arguments.of("profile of 100 MB in a PNG", HostilePictures.pngWithProfile(100_000_000), OK, ANSWER),
                Arguments.of("data that goes on for 100 MB", HostilePictures.pngWithSurplus(100_000_000), OK, ANSWER));
    }

    private static Stream<Arguments> damaged() {
        byte[] progressive = golden("progressive.jpg");
        byte[] png = golden("rgb.png");
        return Stream.of(
                Arguments.of("no bytes", new byte[0], 400, "is empty (0 bytes)"),
                Arguments.of("one byte", new byte[] {(byte) 0xFF}, 415, "starts with bytes ff"),
                Arguments.of("zeros", new byte[5000], 415, "starts with bytes 00 00"),
                Arguments.of("cut JPEG", half(golden("rgb-420.jpg")), 400, "is damaged"),
                Arguments.of("cut progressive JPEG", half(progressive), 400, "is damaged"),
                Arguments.of("cut PNG", half(png), 400, "is damaged"),
                Arguments.of("PNG without its last byte", Arrays.copyOf(png, png.length - 1), 400, "is damaged"),
                Arguments.of("cut GIF", half(golden("palette.gif")), 400, "is damaged"),
                Arguments.of("cut BMP", half(golden("rgb.bmp")), 400, "is damaged"),
                Arguments.of("cut WebP", half(golden("lossless.webp")), 400, "is damaged"),
                Arguments.of("PNG of no pixels", HostilePictures.stripedPng(0, 0), 400, "0x0 px"));
    }

    private static Stream<Arguments> foreign() {
        return Stream.of(
                Arguments.of(
                        "renamed page", text("<!DOCTYPE html><html><body>hello</body></html>"), 415, "an HTML or XML"),
                Arguments.of("SVG", text("<?xml version=\"1.0\"?><svg/>"), 415, "an SVG drawing"),
                Arguments.of("PDF", text("%PDF-1.7\n"), 415, "a PDF document"),
                Arguments.of("TIFF", text("II*\0abcdefgh"), 415, "a TIFF or camera raw"),
                Arguments.of("program", text("MZ\u0090\0program"), 415, "expected JPEG, PNG"));
    }

    private static Stream<Arguments> huge() {
        byte[] gif = golden("palette.gif");
        Arrays.fill(gif, 6, 10, (byte) 0xFF);
        return Stream.of(
                Arguments.of("PNG of 65,535 px sides", Pictures.pngClaiming(65_535, 65_535), 413, "65535x65535 px"),
                Arguments.of(
                        "PNG of the largest sides",
                        Pictures.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE),
                        413,
                        "2147483647x2147483647 px"),
                Arguments.of("PNG of a negative side", Pictures.pngClaiming(-1, 8), 413, "4294967295x8 px"),
                Arguments.of(
                        "JPEG of 65,535 px sides",
                        HostilePictures.jpegClaiming(golden("rgb-444.jpg"), 65_535, 65_535),
                        413,
                        "65535x65535 px"),
                Arguments.of(
                        "progressive JPEG of 65,535 px sides",
                        HostilePictures.jpegClaiming(golden("progressive.jpg"), 65_535, 65_535),
                        413,
                        "65535x65535 px"),
                Arguments.of("GIF of 65,535 px sides", gif, 413, "65535x65535 px"),
                Arguments.of("real PNG of 65,535 px", HostilePictures.stripedPng(65_535, 700), 413, "65535x700 px"),
                Arguments.of(
                        "real PNG of 100 million pixels",
                        HostilePictures.stripedPng(10_000, 10_000),
                        413,
                        "10000x10000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pictures")
    void eachHasItsStatusAndReason(String what, byte[] picture, int status, String message) throws Exception {
        String base64 = Base64.getEncoder().encodeToString(picture);

        // a wrong name of the type, as files with a wrong extension have
        assertAnswer(post(server.port(), "/predictions/fake", picture, "image/jpeg"), status, message);
        assertAnswer(
                post(
                        server.port(),
                        "/predictions/fake",
                        multipart("image", picture),
                        "multipart/form-data; boundary=xyz"),
                status,
                message);
        assertAnswer(
                Requests.postJson(server.port(), "/invocations", "{\"image\": \"" + base64 + "\"}"), status, message);
    }

    private static void assertAnswer(HttpResponse<String> response, int status, String message) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        if (status == OK) {
            assertThat(response.body()).contains(message);
            return;
        }
        JsonObject error = Json.parseObject(response.body(), "error");
        assertThat(error.int32("code")).isEqualTo(status);
        assertThat(error.string("message")).contains(message);
    }

    private static byte[] golden(String file) {
        return ImageGoldens.bytes(file);
    }

    private static byte[] half(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] animatedWebp() {
        byte[] webp = golden("orientation-8.webp");
        webp[20] |= 2;
        return webp;
    }
}
