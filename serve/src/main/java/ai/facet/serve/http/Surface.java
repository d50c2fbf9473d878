package ai.facet.serve.http;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which endpoints a port has. */
enum Surface {
    /** For those who ask. */
    PUBLIC,
    /** For those who run the server: on a port of its own, and only if it is wanted. */
    MANAGEMENT;

    /** Apart, since an enum's constants are made before its other static fields. */
    private static final class Endpoints {
        private static final Set<Endpoint> MANAGING = EnumSet.of(
                Endpoint.REGISTER,
                Endpoint.MODEL_VERSION,
                Endpoint.UNREGISTER,
                Endpoint.UNREGISTER_VERSION,
                Endpoint.RELOAD,
                Endpoint.RELOAD_VERSION);
        private static final Set<Endpoint> ON_BOTH =
                EnumSet.of(Endpoint.MODELS, Endpoint.MODEL, Endpoint.PING, Endpoint.METRICS, Endpoint.OPENAPI);
        private static final List<Endpoint> PUBLIC = only(endpoint -> !MANAGING.contains(endpoint));
        private static final List<Endpoint> MANAGEMENT =
                only(endpoint -> MANAGING.contains(endpoint) || ON_BOTH.contains(endpoint));

        private static List<Endpoint> only(Predicate<Endpoint> wanted) {
            return Arrays.stream(Endpoint.values()).filter(wanted).toList();
        }
    }

    /** In the order in which they are tried. */
    List<Endpoint> endpoints() {
        return this == PUBLIC ? Endpoints.PUBLIC : Endpoints.MANAGEMENT;
    }

    /** All routes, for error messages. */
    String list() {
        return endpoints().stream().map(Endpoint::toString).collect(Collectors.joining(", "));
    }
}
