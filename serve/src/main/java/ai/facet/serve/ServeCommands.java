package ai.facet.serve;

import ai.facet.cli.ModuleCommands;

/** Offers this module's commands to root help and completion. */
public final class ServeCommands implements ModuleCommands {
    @Override
    public String module() {
        return "serve";
    }

    @Override
    public Object rootCommand() {
        return new ServeMain();
    }
}
