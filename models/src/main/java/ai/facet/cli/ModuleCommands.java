package ai.facet.cli;

/** What a module adds to the command {@code facet}; found by {@link java.util.ServiceLoader}. */
public interface ModuleCommands {
    /** The module's name as in {@code scripts/commands.txt}. */
    String module();

    /** A fresh Picocli root command whose subcommands are the module's. */
    Object rootCommand();
}
