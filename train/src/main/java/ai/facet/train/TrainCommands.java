package ai.facet.train;

import ai.facet.cli.ModuleCommands;

/** Offers this module's commands to root help and completion. */
public final class TrainCommands implements ModuleCommands {
    @Override
    public String module() {
        return "train";
    }

    @Override
    public Object rootCommand() {
        return new TrainMain();
    }
}
