package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's path and query, read as one of the endpoints.
 *
 * @param segments of the path, between its slashes
 * @param query parameters that the endpoint knows, each once
 */
record Target(Endpoint endpoint, List<String> segments, Map<String, List<String>> query) {
    /**
     * Finds the endpoint.
     *
     * @throws HttpFailure 400, 404 or 405, naming what was found and what is known
     */
    static Target of(Surface surface, HttpMethod method, String path, QueryStringDecoder uri) {
        String[] segments = path.split("/", -1);
        for (Endpoint endpoint : surface.endpoints()) {
            if (endpoint.method().equals(method) && endpoint.matches(segments)) {
                return new Target(endpoint, List.of(segments), query(endpoint, uri));
            }
        }
        List<Endpoint> others = surface.endpoints().stream()
                .filter(endpoint -> endpoint.matches(segments))
                .toList();
        throw others.isEmpty() ? noSuchPath(surface, path) : HttpFailure.methodNotAllowed(method, others);
    }

    private static HttpFailure noSuchPath(Surface surface, String path) {
        return new HttpFailure(
                HttpResponseStatus.NOT_FOUND,
                "ResourceNotFoundException",
                "no path " + HttpFailure.abbreviate(path) + "; there are " + surface.list());
    }

    private static Map<String, List<String>> query(Endpoint endpoint, QueryStringDecoder uri) {
        Map<String, List<String>> query = parameters(uri);
        List<String> known = endpoint.queryParameters();
        query.forEach((name, values) -> {
            if (!known.contains(name)) {
                throw HttpFailure.badRequest("unknown query parameter \"" + HttpFailure.abbreviate(name) + "\"; "
                        + endpoint + (known.isEmpty() ? " knows none" : " knows " + known));
            }
            if (values.size() > 1) {
                throw HttpFailure.badRequest("query parameter \"" + name + "\" stands " + values.size() + " times");
            }
        });
        return query;
    }

    private static Map<String, List<String>> parameters(QueryStringDecoder uri) {
        try {
            return uri.parameters();
        } catch (IllegalArgumentException e) {
            throw HttpFailure.badRequest("the query cannot be decoded: " + e.getMessage());
        }
    }

    /** A path's variable or a query's parameter; null if it is not given. */
    @Nullable
    String value(String name) {
        List<String> given = query.get(name);
        return given == null ? endpoint.variable(name, segments) : given.get(0);
    }

    /** A query parameter that is true or false; false if it is not given. */
    boolean flag(String name) {
        String text = query.getOrDefault(name, List.of("false")).get(0);
        if (!text.equals("true") && !text.equals("false")) {
            throw HttpFailure.badRequest("query parameter \"" + name + "\" is \"" + HttpFailure.abbreviate(text)
                    + "\"; expected true or false");
        }
        return text.equals("true");
    }
}
