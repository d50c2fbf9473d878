package ai.facet.train.memory;

import ai.facet.cli.TextTable;
import ai.facet.network.NetworkSummary;
import ai.facet.network.NetworkSummary.Stage;
import java.util.List;
import java.util.Locale;

/** A network for people, stage by stage. */
public final class NetworkTable {
    private NetworkTable() {}

    /** Ends with a line for all stages. */
    public static TextTable of(NetworkSummary summary) {
        TextTable table = new TextTable(List.of(
                "stage", "channels", "height x width", "sees px", "parameters", "million MAC", "MB kept a picture"));
        for (Stage stage : summary.stages()) {
            table.add(List.of(
                    stage.name(),
                    Integer.toString(stage.channels()),
                    stage.heightPx() + " x " + stage.widthPx(),
                    Integer.toString(stage.receptiveFieldPx()),
                    whole(stage.parameters()),
                    tenth(stage.macs()),
                    tenth(stage.keptBytes())));
        }
        table.addRule();
        table.add(List.of(
                "all",
                "",
                "",
                "",
                whole(summary.parameters()),
                tenth(summary.macs()),
                tenth(summary.activations().keptBytes())));
        return table;
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String tenth(long value) {
        return String.format(Locale.ROOT, "%,.1f", value / 1e6);
    }
}
