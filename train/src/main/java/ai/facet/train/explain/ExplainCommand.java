package ai.facet.train.explain;

import ai.facet.annotations.AnnotatedImage;
import ai.facet.annotations.AnnotationTable;
import ai.facet.annotations.PictureColumnArguments;
import ai.facet.cli.ExitCodes;
import ai.facet.cli.Progress;
import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.files.AtomicFiles;
import ai.facet.json.Json;
import ai.facet.network.MapPlace;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.train.config.TrainingDefaults;
import ai.facet.train.input.PictureCheck;
import ai.facet.train.input.PictureReader;
import ai.facet.train.report.Images;
import ai.facet.train.run.Readers;
import ai.facet.train.run.StoredSplit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facet explain}. */
@Command(
        name = "explain",
        sortOptions = false,
        description = {
            "Show where a checkpoint's network looks for each answer (Grad-CAM), and what it gets wrong.",
            "Writes explain.html, one page with everything inside, explain.json and PNG files. Also: how much of the heat"
                    + " lies where it should, feature maps, and filters."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  facet explain --checkpoint runs/people/best.safetensors --data photos/ --output runs/why",
            "  The ten surest mistakes of each attribute:",
            "    facet explain --checkpoint best.safetensors --data people.csv --mistakes 10 --output runs/why",
            "  Does it look at the bag? Boxes of the parts are needed:",
            "    facet explain --checkpoint best.safetensors --data people.csv --regions regions.csv --output runs/why",
            "  What would speak for another answer, more finely located:",
            "    facet explain --checkpoint best.safetensors --data photo.jpg --class gender=male --method grad-cam++"
                    + " --output runs/why",
            "  First-layer filters, and the feature maps of a stage:",
            "    facet explain --checkpoint best.safetensors --filters --output runs/filters",
            "    facet explain --checkpoint best.safetensors --data photo.jpg --feature-maps stage1 --output runs/maps"
        })
public final class ExplainCommand implements Callable<Integer> {
    static final String JSON = "explain.json";
    static final String REGIONS = "regions.json";
    static final String FILTERS = "filters.png";

    private static final int MOST_DRAWN = 500;
    private static final int MOST_MISTAKES = 100;

    private static final Logger LOG = LogManager.getLogger();

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "FILE",
            description = "best.safetensors or last.safetensors of a run folder.")
    private Path checkpoint;

    @Option(
            names = "--data",
            arity = "1..*",
            paramLabel = "DATA",
            description = "A CSV with labels, folders, pictures or patterns. Repeatable.")
    private List<String> data = List.of();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "A new folder for explain.html, explain.json and the PNG files.")
    private Path output;

    @Option(names = "--overwrite", description = "Write into a folder that is not empty.")
    private boolean overwrite;

    @Option(names = "--recursive", description = "Also take the folders inside folders.")
    private boolean recursive;

    @Mixin
    private HeatOptions heat = new HeatOptions();

    @Option(
            names = "--pictures",
            paramLabel = "N",
            defaultValue = "24",
            description = "Pictures to draw, spread evenly over the data; all are counted in --mistakes and --regions."
                    + " Default: ${DEFAULT-VALUE}.")
    private int pictures;

    @Option(
            names = "--mistakes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Show so many of the most confident mistakes of each attribute. Default: none.")
    private int mistakes;

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = StoredSplit.ALL,
            description =
                    "Of one CSV: all, or train, validation or test by the split.json beside the checkpoint. A network"
                            + " makes few mistakes on what it was trained on. Default: ${DEFAULT-VALUE}.")
    private String split = StoredSplit.ALL;

    @Mixin
    private RegionOptions regions = new RegionOptions();

    @Option(
            names = "--feature-maps",
            paramLabel = "PLACE",
            split = ",",
            description = "Also draw the feature maps of these stages, or of tower.")
    private List<String> featureMaps = List.of();

    @Option(
            names = "--filters",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "WEIGHT",
            description = "Also draw the filters of the first convolution, or of the one whose weight has this path.")
    private @Nullable String filters;

    @Mixin
    private PictureColumnArguments columns = new PictureColumnArguments();

    @Option(names = "--skip-bad-images", description = "Leave out pictures that cannot be read instead of stopping.")
    private boolean skipBadImages;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "auto",
            description = "auto, cpu, gpu or gpu:N. Default: auto.")
    private String device = "auto";

    /** Made by Picocli. */
    @SuppressWarnings("NullAway.Init") // Picocli injects the fields
    public ExplainCommand() {}

    @Override
    public Integer call() throws IOException {
        requireRange("--pictures", pictures, 1, MOST_DRAWN);
        requireRange("--mistakes", mistakes, 0, MOST_MISTAKES);
        if (data.isEmpty() && filters == null) {
            throw UserException.badArguments(
                    "nothing to explain; expected --data with a CSV, a folder or pictures, or" + " --filters");
        }
        StoredSplit.requirePart(split);
        if (!split.equals(StoredSplit.ALL) && (data.size() != 1 || !ExplainedPictures.isCsv(data.get(0)))) {
            throw UserException.badArguments(
                    "--split " + split + " is about the rows of one CSV; expected --data with the"
                            + " CSV that the run was trained on, found " + data);
        }
        heat.check();
        int threads = TrainingDefaults.threads();
        try (ExplainedNetwork network = ExplainedNetwork.open(checkpoint, device, threads);
                Readers readers = new Readers(threads)) {
            byte[] sheet = filters == null ? null : Images.png(new LayerFiles(network).filters(filters));
            if (data.isEmpty()) {
                OutputFolder.prepare(output, overwrite);
            } else {
                explain(network, readers);
            }
            if (sheet != null) {
                AtomicFiles.real().write(output.resolve(FILTERS), sheet);
            }
        }
        out().println("written to " + output.resolve(data.isEmpty() ? FILTERS : ExplainPage.FILE));
        out().flush();
        return ExitCodes.DONE;
    }

    private void explain(ExplainedNetwork network, Readers readers) throws IOException {
        ModelDescription description = network.description();
        Preprocessing input = description.preprocessing();
        int[] shown = heat.attributes(description.schema());
        Explainer explainer = heat.explainer(network);
        List<MapPlace> places = featureMaps.stream()
                .map(name -> network.place("--feature-maps", name))
                .toList();
        List<AnnotatedImage> images = images(description, readers);
        HeatOverlay overlay = new HeatOverlay(input, explainer.grid());
        List<Attribute> titles = Arrays.stream(shown)
                .mapToObj(description.schema().attributes()::get)
                .toList();
        ExplainPage page = new ExplainPage(overlay, titles);
        HeatFiles.Spread spread = new HeatFiles.Spread(pictures, images.size());
        List<ExplanationSink> sinks = new ArrayList<>();
        sinks.add(new HeatFiles(output, overlay, spread, new LayerFiles(network), places, page));
        Mistakes wrong = new Mistakes(mistakes);
        sinks.add(wrong);
        RegionShares shares = regions.shares(description, explainer.grid());
        if (shares != null) {
            sinks.add(shares);
        }
        OutputFolder.prepare(output, overwrite);
        try (Progress progress = Progress.start("explaining", "pictures", images.size())) {
            new ExplainRun(explainer, input, readers.executor()).run(images, shown, sinks, progress::stepTo);
        }
        write(description, page, shares == null ? null : shares.report(), wrong, images.size());
    }

    private List<AnnotatedImage> images(ModelDescription description, Readers readers) throws IOException {
        Preprocessing input = description.preprocessing();
        AnnotationTable all = ExplainedPictures.of(data, recursive, columns.toColumns(), description.schema());
        PictureCheck.Result result = new PictureCheck(new PictureReader(input), input.imageBytes(), null)
                .run(all.images(), readers.executor(), done -> {});
        result.refuseOrSkip(all.size(), skipBadImages);
        List<AnnotatedImage> good =
                result.fingerprints().keySet().stream().map(all.images()::get).toList();
        int[] chosen = StoredSplit.indices(
                checkpoint,
                split,
                all.withImages(good),
                List.copyOf(result.fingerprints().values()));
        if (chosen.length == 0) {
            throw UserException.failed("no picture is left to explain in part \"" + split + "\"");
        }
        return Arrays.stream(chosen).mapToObj(good::get).toList();
    }

    private void write(
            ModelDescription description,
            ExplainPage page,
            @Nullable RegionReport report,
            Mistakes wrong,
            int explained)
            throws IOException {
        AtomicFiles files = AtomicFiles.real();
        Map<String, String> facts = heat.facts(description);
        facts.put("pictures", Integer.toString(explained));
        Map<String, Object> json = new LinkedHashMap<>(facts);
        json.put("pictures", page.json());
        files.writeText(output.resolve(JSON), Json.writePretty(json));
        if (report != null) {
            files.writeText(output.resolve(REGIONS), Json.writePretty(report.toJson()));
            out().print(report.toText());
        }
        boolean judged = mistakes > 0 && !wrong.tallies().isEmpty();
        if (mistakes > 0 && !judged) {
            LOG.warn("--mistakes: no picture has a label, so no answer can be wrong. Give --data a CSV with labels");
        }
        String title = "What " + checkpoint.getFileName() + " looks at";
        files.writeText(output.resolve(ExplainPage.FILE), page.html(title, facts, report, judged ? wrong : null));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private static void requireRange(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw UserException.badArguments(option + " is " + value + "; expected " + least + " to " + most);
        }
    }
}
