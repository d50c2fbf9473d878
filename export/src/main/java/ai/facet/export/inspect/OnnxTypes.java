package ai.facet.export.inspect;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import onnx.OnnxMl.TensorProto.DataType;

/** Element types of ONNX by their number. */
final class OnnxTypes {
    private static final Set<DataType> FLOATING_POINT =
            Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE, DataType.BFLOAT16);

    private static final Map<DataType, Integer> BYTES = Map.ofEntries(
            Map.entry(DataType.FLOAT, 4),
            Map.entry(DataType.INT32, 4),
            Map.entry(DataType.UINT32, 4),
            Map.entry(DataType.DOUBLE, 8),
            Map.entry(DataType.INT64, 8),
            Map.entry(DataType.UINT64, 8),
            Map.entry(DataType.FLOAT16, 2),
            Map.entry(DataType.BFLOAT16, 2),
            Map.entry(DataType.INT16, 2),
            Map.entry(DataType.UINT16, 2),
            Map.entry(DataType.INT8, 1),
            Map.entry(DataType.UINT8, 1),
            Map.entry(DataType.BOOL, 1));

    private OnnxTypes() {}

    /** In words, such as {@code float32}. */
    static String name(int number) {
        DataType type = DataType.forNumber(number);
        if (type == null) {
            return "type " + number;
        }
        return switch (type) {
            case FLOAT -> "float32";
            case DOUBLE -> "float64";
            default -> type.name().toLowerCase(Locale.ROOT);
        };
    }

    static boolean isFloatingPoint(int number) {
        DataType type = DataType.forNumber(number);
        return type != null && FLOATING_POINT.contains(type);
    }

    /** Of so many elements; -1 for types that are not whole bytes, or more than a {@code long}. */
    static long bytes(int number, long elements) {
        DataType type = DataType.forNumber(number);
        Integer each = type == null ? null : BYTES.get(type);
        return each == null || elements > Long.MAX_VALUE / Double.BYTES ? -1 : each * elements;
    }
}
