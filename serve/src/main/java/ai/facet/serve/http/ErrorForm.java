package ai.facet.serve.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a protocol writes an error. */
enum ErrorForm {
    /** {@code {"code", "type", "message"}}. */
    DJL_SERVING {
        @Override
        Map<String, Object> body(HttpFailure failure) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("code", failure.status().code());
            body.put("type", failure.type());
            body.put("message", String.valueOf(failure.getMessage()));
            return body;
        }
    },

    /** {@code {"error"}}. */
    OPEN_INFERENCE {
        @Override
        Map<String, Object> body(HttpFailure failure) {
            return Map.of("error", String.valueOf(failure.getMessage()));
        }
    };

    abstract Map<String, Object> body(HttpFailure failure);

    /** The form that whoever asks for a path expects, whether or not the path exists. */
    static ErrorForm ofPath(String path) {
        return path.equals("/v2") || path.startsWith("/v2/") ? OPEN_INFERENCE : DJL_SERVING;
    }
}
