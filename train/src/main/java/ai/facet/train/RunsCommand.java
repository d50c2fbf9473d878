package ai.facet.train;

import ai.facet.cli.ExitCodes;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.train.runs.RunComparison;
import ai.facet.train.runs.RunFolders;
import ai.facet.train.runs.RunList;
import ai.facet.train.runs.RunView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facet runs}. */
@Command(
        name = "runs",
        sortOptions = false,
        description = {
            "List the runs of facet train below some folders, or compare runs.",
            "If two or more runs are named, they are compared: each attribute on validation at the best epoch, and the"
                    + " settings that differ."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet runs",
            "  facet runs /data/runs --json",
            "  facet runs runs/people-96 runs/people-128 --html comparison.html"
        })
public final class RunsCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "FOLDER", description = "Runs, or folders with runs. Default: runs.")
    private List<Path> folders = List.of(Path.of("runs"));

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page.")
    private @Nullable Path html;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        RunView view = view();
        spec.commandLine().getOut().print(json ? Json.writePretty(view.toJson()) : view.toText());
        spec.commandLine().getOut().flush();
        if (html != null) {
            AtomicFiles.real().writeText(html, view.toHtml());
            spec.commandLine().getErr().println("Page: " + html);
        }
        return ExitCodes.DONE;
    }

    private RunView view() throws IOException {
        if (folders.size() > 1 && RunFolders.areRuns(folders)) {
            return new RunComparison(RunFolders.named(folders));
        }
        return new RunList(new RunFolders(spec.commandLine().getErr()).below(folders), ZoneId.systemDefault());
    }
}
