package ai.facet.serve.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms, whole and cut; the allocator counts every byte that is not given back. */
class ImagePayloadTest {
    private static final String PICTURE = "as good as a picture ".repeat(500);
    private static final String PART = "--xyz\r\nContent-Disposition: form-data; name=\"data\"; filename=\"p.png\"\r\n"
            + "Content-Type: image/png\r\n\r\n" + PICTURE;
    private static final String FIELD = "\r\n--xyz\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello";

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @AfterEach
    void everyByteIsGivenBack() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
        assertThat(allocator.metric().usedHeapMemory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n--xyz--\r\n", "\r\n--xyz--", "\r\n--xyz--\r\nan epilogue", FIELD + "\r\n--xyz--\r\n"})
    void takesThePictureOfAWholeForm(String end) throws IOException {
        assertThat(new String(read(PART + end), ISO_8859_1)).isEqualTo(PICTURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\n--xy", "\r\n--xyz", "\r\n--xyz\r\nContent-Disp", FIELD, FIELD + "\r\n--xyz\r\n"})
    void refusesAFormThatIsCut(String end) {
        assertThatThrownBy(() -> read(PART + end))
                .isInstanceOf(HttpFailure.class)
                .hasMessage("the form ends before its closing boundary");
    }

    @Test
    void refusesAPartWithAnUnknownCharset() {
        String second = """
                \r
                --xyz\r
                Content-Disposition: form-data; name="note"\r
                Content-Type: text/plain; charset=utf-99\r
                \r
                hello\r
                --xyz--\r
                """;

        assertThatThrownBy(() -> read(PART + second))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("the multipart form is damaged");
    }

    private byte[] read(String form) throws IOException {
        ByteBuf body = allocator.buffer().writeBytes(form.getBytes(ISO_8859_1));
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", body);
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, "multipart/form-data; boundary=xyz");
        try {
            return ImagePayload.read(request);
        } finally {
            request.release();
        }
    }
}
