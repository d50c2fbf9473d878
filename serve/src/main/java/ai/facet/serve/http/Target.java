package ai.facet.serve.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's path and query, read as one of the endpoints.
 *
 * @param variables of the path, by name
 * @param query parameters that the endpoint knows, each once
 */
record Target(Endpoint endpoint, Map<String, String> variables, Map<String, List<String>> query) {
    /**
     * Finds the endpoint.
     *
     * @throws HttpFailure 400, 404 or 405, naming what was found and what is known
     */
    static Target of(HttpMethod method, String path, QueryStringDecoder uri) {
        String[] segments = path.split("/", -1);
        Set<Endpoint> others = EnumSet.noneOf(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            Map<String, String> variables = endpoint.match(segments);
            if (variables != null && endpoint.method().equals(method)) {
                return new Target(endpoint, variables, query(endpoint, uri));
            } else if (variables != null) {
                others.add(endpoint);
            }
        }
        throw others.isEmpty() ? noSuchPath(path) : HttpFailure.methodNotAllowed(method, others);
    }

    private static HttpFailure noSuchPath(String path) {
        return new HttpFailure(
                HttpResponseStatus.NOT_FOUND,
                "ResourceNotFoundException",
                "no path " + HttpFailure.abbreviate(path) + "; there are " + Endpoint.list());
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
        return given == null ? variables.get(name) : given.get(0);
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
