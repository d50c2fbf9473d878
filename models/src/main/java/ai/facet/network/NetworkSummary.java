package ai.facet.network;

import ai.facet.network.ActivationTape.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * Size and cost of a network, computed from its specification alone.
 *
 * @param stages one entry for each base stage and one for the towers
 * @param parameters trainable numbers, all towers together
 * @param macs multiply-accumulates of convolutions for one image, all towers together
 * @param activations memory that one image needs on its way
 */
public record NetworkSummary(List<Stage> stages, long parameters, long macs, Activations activations) {
    /**
     * The state after a stage.
     *
     * @param receptiveFieldPx side of the input square that one value sees
     * @param keptBytes what training keeps of one image for the backward pass
     */
    public record Stage(
            String name,
            int channels,
            int heightPx,
            int widthPx,
            int receptiveFieldPx,
            long parameters,
            long macs,
            long keptBytes) {}

    /**
     * Bytes for one image, as float32, without what a library's convolution needs for itself.
     *
     * @param keptBytes kept from the forward for the backward pass
     * @param trainingBytes the most at one moment of the backward pass: what is kept until there, and gradients
     * @param answeringBytes the most at one moment without training
     */
    public record Activations(long keptBytes, long trainingBytes, long answeringBytes) {}

    public NetworkSummary {
        stages = List.copyOf(stages);
    }

    /**
     * Walks the network.
     *
     * @param classCounts classes of each attribute
     * @throws IllegalArgumentException if the input is too small for the network
     */
    public static NetworkSummary of(NetworkSpec spec, int heightPx, int widthPx, List<Integer> classCounts) {
        if (spec.factory() != null) {
            throw new IllegalArgumentException(
                    "network " + spec.name() + " is Java code (" + spec.factory() + "); expected a network of stages");
        }
        NetworkWalk walk = new NetworkWalk(spec.name(), 3, heightPx, widthPx);
        ActivationTape tape = walk.tape();
        List<Stage> stages = new ArrayList<>();
        for (StageSpec stage : spec.base()) {
            long parametersBefore = walk.parameters();
            long macsBefore = walk.macs();
            long keptBefore = tape.keptBytes();
            Activation input = walk.current();
            tape.enter(input, false);
            stage.layers().forEach(layer -> walk.apply(layer, 0));
            tape.leave(input, false);
            stages.add(walk.stage(
                    stage.name(),
                    walk.parameters() - parametersBefore,
                    walk.macs() - macsBefore,
                    tape.keptBytes() - keptBefore));
        }
        return withTowers(spec, walk, stages, classCounts);
    }

    private static NetworkSummary withTowers(
            NetworkSpec spec, NetworkWalk walk, List<Stage> stages, List<Integer> classCounts) {
        ActivationTape tape = walk.tape();
        long parameters = walk.parameters();
        long macs = walk.macs();
        long keptBefore = tape.keptBytes();
        NetworkWalk last = walk;
        tape.enter(walk.current(), true);
        for (int classes : classCounts) {
            NetworkWalk tower = walk.copy();
            spec.tower().forEach(layer -> tower.apply(layer, classes));
            parameters += tower.parameters() - walk.parameters();
            macs += tower.macs() - walk.macs();
            last = tower;
        }
        tape.leave(walk.current(), true);
        stages.add(last.stage(
                "towers", parameters - walk.parameters(), macs - walk.macs(), tape.keptBytes() - keptBefore));
        return new NetworkSummary(stages, parameters, macs, tape.total());
    }
}
