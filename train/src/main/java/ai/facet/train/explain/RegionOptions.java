package ai.facet.train.explain;

import ai.facet.cli.UserException;
import ai.facet.description.ModelDescription;
import ai.facet.network.CellGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code facet explain} that say where heat should lie. */
final class RegionOptions {
    @Option(
            names = "--regions",
            paramLabel = "CSV",
            description = "Boxes image_path,region,x,y,w,h: measure the share of heat inside the fitting one.")
    @Nullable
    Path regions;

    @Option(
            names = "--region",
            paramLabel = "ATTRIBUTE=REGION",
            description =
                    "Which region fits, or several with + between. Default: by the attribute's name, for the regions"
                            + " of facet data synth.")
    Map<String, String> region = Map.of();

    /** Made by Picocli. */
    RegionOptions() {}

    /**
     * What measures the shares, or null if no regions are given.
     *
     * @throws UserException (exit 2) for an attribute or region that is not there
     */
    @Nullable
    RegionShares shares(ModelDescription description, CellGrid grid) throws IOException {
        if (regions == null) {
            if (!region.isEmpty()) {
                throw UserException.badArguments("--region needs --regions CSV with the boxes");
            }
            return null;
        }
        RegionFile file = RegionFile.read(regions);
        RegionRules rules = RegionRules.of(description.schema(), file.names(), region);
        return new RegionShares(file, rules, description.preprocessing(), grid);
    }
}
