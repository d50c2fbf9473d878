package ai.facet.cli;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/**
 * Root help, version and shell completion over the commands of all modules on the class path. It runs none of them:
 * the launcher starts a subcommand with its own module's jars only.
 */
@Command(
        name = "facet",
        mixinStandardHelpOptions = true,
        versionProvider = FacetVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Train networks that answer several questions about one picture; run them anywhere.",
        footer = {
            "",
            "The road: facet data synth, train, evaluate, export, predict, serve.",
            "`facet COMMAND --help` explains one. `source <(facet completion)` completes in bash and zsh.",
            "Exit codes: 0 done, 1 failed, 2 bad arguments, 3 a check that you asked for failed; 130 after Ctrl-C,"
                    + " 143 after a signal to end."
        })
public final class RootCommand {
    private static final List<String> ROAD =
            List.of("data", "train", "evaluate", "calibrate", "export", "predict", "serve");

    private RootCommand() {}

    public static void main(String[] args) {
        CommandLine root = withModules();
        List<String> words = List.of(args);
        boolean help = words.contains("--help") || words.contains("-h");
        if (words.contains("completion") && !help) {
            System.out.println(AutoComplete.bash("facet", root));
            System.exit(ExitCodes.DONE);
        }
        System.exit(root.execute(args.length == 0 || args[0].equals("help") ? new String[] {"--help"} : args));
    }

    /** One command line with the subcommands of every module; where two modules share a name, with both's options. */
    public static CommandLine withModules() {
        Map<String, CommandSpec> all =
                new TreeMap<>(Comparator.comparingInt(RootCommand::place).thenComparing(Comparator.naturalOrder()));
        commandsByModule()
                .values()
                .forEach(commands -> commands.forEach((name, spec) -> all.merge(name, spec, RootCommand::together)));
        CommandLine root = FacetCommands.commandLine(new RootCommand());
        all.forEach(root::addSubcommand);
        root.addSubcommand("completion", new Completion());
        return root;
    }

    /** In the order of the road; others follow. */
    private static int place(String command) {
        int place = ROAD.indexOf(command);
        return place < 0 ? ROAD.size() : place;
    }

    /** For help pages and completion: the launcher picks the module by the subcommand, or else by the arguments. */
    private static CommandSpec together(CommandSpec one, CommandSpec other) {
        if (!one.subcommands().isEmpty() && !other.subcommands().isEmpty()) {
            other.subcommands().forEach((name, command) -> {
                CommandSpec spec = command.getCommandSpec();
                // it gets those of its new parent
                List.copyOf(spec.options()).stream()
                        .filter(OptionSpec::inherited)
                        .forEach(spec::remove);
                one.addSubcommand(name, spec);
            });
            return one;
        }
        for (OptionSpec option : other.options()) {
            if (!one.optionsMap().containsKey(option.longestName())) {
                one.addOption(OptionSpec.builder(option).required(false).build());
            }
        }
        one.usageMessage()
                .description("Measure a checkpoint (--checkpoint) or a bundle (--model) on pictures of a CSV.");
        return one;
    }

    /** The commands that each module on the class path offers. */
    public static Map<String, Map<String, CommandSpec>> commandsByModule() {
        Map<String, Map<String, CommandSpec>> all = new LinkedHashMap<>();
        ServiceLoader.load(ModuleCommands.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ModuleCommands::module).reversed())
                .forEach(module -> all.put(module.module(), subcommands(module)));
        return all;
    }

    private static Map<String, CommandSpec> subcommands(ModuleCommands module) {
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        FacetCommands.commandLine(module.rootCommand())
                .getSubcommands()
                .forEach((name, command) -> specs.put(name, command.getCommandSpec()));
        return specs;
    }

    @Command(name = "completion", description = "Print a completion script for bash and zsh.")
    private static final class Completion implements Runnable {
        @Parameters(arity = "0..1", hidden = true)
        private String shell = "bash";

        @Override
        public void run() {
            // main answers this command before Picocli runs it
            throw new IllegalStateException("completion for " + shell);
        }
    }
}
