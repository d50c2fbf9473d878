package ai.facet.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Size and cost of a network, computed from its specification alone.
 *
 * @param stages one entry for each base stage and one for the towers
 * @param parameters trainable numbers, all towers together
 * @param macs multiply-accumulates of convolutions for one image, all towers together
 */
public record NetworkSummary(List<Stage> stages, long parameters, long macs) {
    /**
     * The state after a stage.
     *
     * @param receptiveFieldPx side of the input square that one value sees
     */
    public record Stage(
            String name, int channels, int heightPx, int widthPx, int receptiveFieldPx, long parameters, long macs) {}

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
        List<Stage> stages = new ArrayList<>();
        for (StageSpec stage : spec.base()) {
            long parametersBefore = walk.parameters();
            long macsBefore = walk.macs();
            stage.layers().forEach(layer -> walk.apply(layer, 0));
            stages.add(walk.stage(stage.name(), walk.parameters() - parametersBefore, walk.macs() - macsBefore));
        }
        long parameters = walk.parameters();
        long macs = walk.macs();
        NetworkWalk last = walk;
        for (int classes : classCounts) {
            NetworkWalk tower = walk.copy();
            spec.tower().forEach(layer -> tower.apply(layer, classes));
            parameters += tower.parameters() - walk.parameters();
            macs += tower.macs() - walk.macs();
            last = tower;
        }
        stages.add(last.stage("towers", parameters - walk.parameters(), macs - walk.macs()));
        return new NetworkSummary(stages, parameters, macs);
    }
}
