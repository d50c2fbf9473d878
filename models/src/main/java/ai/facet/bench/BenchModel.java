package ai.facet.bench;

import ai.facet.description.Calibration;
import ai.facet.description.ModelDescription;
import ai.facet.network.NetworkSpec;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.Attribute;
import ai.facet.schema.AttributeSchema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What a network answers where only its speed counts: eight attributes with as many classes as those of persons. */
public final class BenchModel {
    private static final List<Integer> CLASSES = List.of(2, 3, 4, 4, 4, 4, 5, 3);

    private BenchModel() {}

    public static AttributeSchema schema() {
        return new AttributeSchema(IntStream.range(0, CLASSES.size())
                .mapToObj(BenchModel::attribute)
                .toList());
    }

    private static Attribute attribute(int index) {
        List<String> classes = IntStream.range(0, CLASSES.get(index))
                .mapToObj(c -> "class " + c)
                .toList();
        return new Attribute("attribute" + index, "attribute " + index, classes);
    }

    /** @param sizePx side of the input */
    public static ModelDescription description(NetworkSpec network, int sizePx) {
        AttributeSchema schema = schema();
        return new ModelDescription(
                network.name(),
                schema,
                Preprocessing.square(sizePx),
                network,
                schema.attributes().stream().map(a -> Calibration.NONE).toList(),
                Map.of(),
                "not stated");
    }
}
