package ai.facet.serve.http;

import ai.facet.json.Json;
import ai.facet.json.JsonException;
import ai.facet.json.JsonObject;
import io.netty.buffer.ByteBuf;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A request's body as JSON. */
final class JsonBody {
    /** What it is called in error messages. */
    static final String NAME = "body";

    private JsonBody() {}

    /** @throws JsonException saying that the body is not a JSON object, and where */
    static JsonObject parse(ByteBuf body) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(body.nioBuffer()).toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("the body is not valid JSON: it is not UTF-8");
        }
        try {
            return Json.parseObject(text, NAME);
        } catch (JsonException e) {
            throw new JsonException("the body is not valid JSON: " + e.getMessage());
        }
    }
}
