package ai.facet.export;

import ai.facet.cli.ModuleCommands;

/** Offers this module's commands to root help and completion. */
public final class ExportCommands implements ModuleCommands {
    @Override
    public String module() {
        return "export";
    }

    @Override
    public Object rootCommand() {
        return new ExportMain();
    }
}
