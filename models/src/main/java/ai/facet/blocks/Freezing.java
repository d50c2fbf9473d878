package ai.facet.blocks;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Keeps parts of a network as they are while the rest is trained. */
public final class Freezing {
    private static final int SHOWN_PATHS = 5;

    private Freezing() {}

    /**
     * Takes the gradient from parameters, and keeps the running statistics of their batch normalisation, which then
     * normalises with them.
     *
     * @param patterns for messages; none: nothing happens
     * @param frozen tells it of a path of {@link ParameterPaths}
     * @throws IllegalArgumentException if that concerns no parameter, leaves none to train, or concerns DJL's own batch
     *     normalisation, whose statistics move in every training step
     */
    public static void freeze(Block network, List<String> patterns, Predicate<String> frozen) {
        if (patterns.isEmpty()) {
            return;
        }
        Map<String, Parameter> paths = ParameterPaths.of(network);
        List<Parameter> held = new ArrayList<>();
        paths.forEach((path, parameter) -> {
            if (frozen.test(path)) {
                held.add(parameter);
            }
        });
        if (held.isEmpty()) {
            throw new IllegalArgumentException(patterns + " concerns no parameter; expected paths such as "
                    + paths.keySet().stream().limit(SHOWN_PATHS).toList());
        }
        hold(network, held);
        held.stream().filter(Parameter::requiresGradient).forEach(p -> p.freeze(true));
        if (paths.values().stream().noneMatch(Parameter::requiresGradient)) {
            throw new IllegalArgumentException(patterns + " leaves nothing to train");
        }
    }

    private static void hold(Block block, List<Parameter> held) {
        boolean statistics = block.getDirectParameters().values().stream()
                .anyMatch(p -> p.getType() == Parameter.Type.RUNNING_MEAN && held.contains(p));
        if (statistics && block instanceof ChannelNorm norm) {
            norm.hold();
        } else if (statistics) {
            throw new IllegalArgumentException("a " + block.getClass().getSimpleName()
                    + " moves its running statistics in every training step; freeze parts without it");
        }
        block.getChildren().values().forEach(child -> hold(child, held));
    }
}
