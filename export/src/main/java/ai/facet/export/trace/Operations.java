package ai.facet.export.trace;

import ai.facet.export.graph.AveragePool;
import ai.facet.export.graph.BatchNorm;
import ai.facet.export.graph.Binary;
import ai.facet.export.graph.Cast;
import ai.facet.export.graph.Clip;
import ai.facet.export.graph.Concat;
import ai.facet.export.graph.Convolution;
import ai.facet.export.graph.GlobalAveragePool;
import ai.facet.export.graph.LeakyRelu;
import ai.facet.export.graph.Linear;
import ai.facet.export.graph.MatMul;
import ai.facet.export.graph.MaxPool;
import ai.facet.export.graph.Mean;
import ai.facet.export.graph.Operation;
import ai.facet.export.graph.Reshape;
import ai.facet.export.graph.Softmax;
import ai.facet.export.graph.Transpose;
import ai.facet.export.graph.Unary;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of supported array operations: DJL's method signature, and what it becomes in the graph. */
final class Operations {
    private static final Map<String, Recorder> TABLE = new TreeMap<>();

    /** Turns one call into an operation and names its inputs. */
    @FunctionalInterface
    interface Recorder {
        Operation record(Call call);
    }

    static {
        layers();
        elementwise();
        shapes();
    }

    private Operations() {}

    static @Nullable Recorder find(String signature) {
        return TABLE.get(signature);
    }

    static List<String> supported() {
        return List.copyOf(TABLE.keySet());
    }

    /** For example {@code reshape(Shape)}. */
    static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    private static void layers() {
        TABLE.put("convolution(NDArray,NDArray,NDArray,Shape,Shape,Shape,int)", c -> {
            c.input(0).input(1).input(2);
            return new Convolution(c.integers(3), c.integers(4), c.integers(5), (long) c.number(6));
        });
        TABLE.put("batchNorm(NDArray,NDArray,NDArray,NDArray,NDArray,int,float,float,boolean)", Operations::batchNorm);
        TABLE.put("linear(NDArray,NDArray,NDArray)", c -> {
            c.input(0).input(1).input(2);
            c.require(c.inputs().get(0).shape().size() == 2, "expected data of shape [N, features]; flatten it first");
            return new Linear();
        });
        TABLE.put("maxPool(Shape,Shape,Shape,boolean)", c -> {
            int axes = c.self().spatialAxes();
            return new MaxPool(c.integers(0), c.integers(1), padding(c, 2, axes), c.flag(3));
        });
        TABLE.put("avgPool(Shape,Shape,Shape,boolean,boolean)", c -> {
            int axes = c.self().spatialAxes();
            return new AveragePool(c.integers(0), c.integers(1), padding(c, 2, axes), c.flag(3), c.flag(4));
        });
        TABLE.put("globalAvgPool()", c -> new GlobalAveragePool(c.self().spatialAxes()));
        TABLE.put("dropout(NDArray,float,boolean)", c -> c.input(0).identity("dropout"));
        TABLE.put("duplicate()", c -> c.self().identity("duplicate"));
        TABLE.put("stopGradient()", c -> c.self().identity("stopGradient"));
        TABLE.put("toDevice(Device,boolean)", c -> c.self().identity("toDevice"));
    }

    private static Operation batchNorm(Call call) {
        call.input(0).input(3).input(4).input(1).input(2);
        call.require(call.inputs().size() == 5, "needs gamma, beta, mean and variance");
        // DJL swaps this axis with axis 1
        call.require((int) call.number(5) == 1 || (int) call.number(5) == -1, "only axis 1 (channels) is supported");
        call.require(!call.flag(8), "runs in training mode; expected stored statistics");
        return new BatchNorm(call.number(7));
    }

    private static List<Long> padding(Call call, int index, int axes) {
        List<Long> padding = call.integers(index);
        return padding.size() == axes ? padding : Collections.nCopies(axes, 0L);
    }

    private static void elementwise() {
        binary("add", Binary.Kind.ADD);
        binary("sub", Binary.Kind.SUB);
        binary("mul", Binary.Kind.MUL);
        binary("div", Binary.Kind.DIV);
        binary("pow", Binary.Kind.POW);
        TABLE.put("maximum(NDArray)", c -> binary(c, Binary.Kind.MAX));
        TABLE.put("minimum(NDArray)", c -> binary(c, Binary.Kind.MIN));
        TABLE.put("maximum(Number)", c -> clip(c, c.number(0), Float.MAX_VALUE));
        TABLE.put("minimum(Number)", c -> clip(c, -Float.MAX_VALUE, c.number(0)));
        TABLE.put("clip(Number,Number)", c -> clip(c, c.number(0), c.number(1)));
        unary("relu", Unary.Kind.RELU);
        unary("sigmoid", Unary.Kind.SIGMOID);
        unary("tanh", Unary.Kind.TANH);
        unary("softPlus", Unary.Kind.SOFT_PLUS);
        unary("exp", Unary.Kind.EXP);
        unary("log", Unary.Kind.LOG);
        unary("sqrt", Unary.Kind.SQRT);
        unary("abs", Unary.Kind.ABS);
        unary("neg", Unary.Kind.NEG);
        unary("erf", Unary.Kind.ERF);
        TABLE.put("leakyRelu(float)", c -> {
            c.self();
            return new LeakyRelu(c.number(0));
        });
        TABLE.put("softmax(int)", c -> new Softmax(c.self().axis(0), false));
        TABLE.put("logSoftmax(int)", c -> new Softmax(c.self().axis(0), true));
    }

    private static void binary(String method, Binary.Kind kind) {
        TABLE.put(method + "(NDArray)", c -> binary(c, kind));
        TABLE.put(method + "(Number)", c -> binary(c, kind));
    }

    private static Operation binary(Call call, Binary.Kind kind) {
        call.self().input(0);
        call.require(
                call.inputs().get(0).type() == call.inputs().get(1).type(),
                "the two sides have the element types " + call.inputs().get(0).type() + " and "
                        + call.inputs().get(1).type() + "; convert one first");
        return new Binary(kind);
    }

    private static Operation clip(Call call, float min, float max) {
        call.self();
        return new Clip(min, max);
    }

    private static void unary(String method, Unary.Kind kind) {
        TABLE.put(method + "()", c -> {
            c.self();
            return new Unary(kind);
        });
    }

    private static void shapes() {
        for (String method :
                List.of("reshape(Shape)", "flatten(int,int)", "flatten()", "expandDims(int)", "squeeze(int[])")) {
            TABLE.put(method, Operations::reshape);
        }
        TABLE.put("transpose(int[])", c -> new Transpose(c.self().integers(0)));
        TABLE.put("toType(DataType,boolean)", c -> new Cast(c.self().type(0)));
        TABLE.put("concat(NDList,int)", c -> new Concat(c.self().input(0).axis(1)));
        TABLE.put("matMul(NDArray)", c -> {
            c.self().input(0);
            return new MatMul();
        });
        TABLE.put("mean(int[],boolean)", c -> new Mean(c.self().integers(0), c.flag(1)));
        TABLE.put(
                "transpose()",
                c -> new Transpose(reversed(c.self().inputs().get(0).shape().size())));
    }

    /** The result's shape is the target; {@link TraceMerge} finds the batch in it. */
    private static Operation reshape(Call call) {
        call.self();
        return new Reshape(call.resultShape());
    }

    private static List<Long> reversed(int axes) {
        List<Long> order = new ArrayList<>();
        for (long axis = axes - 1L; axis >= 0; axis--) {
            order.add(axis);
        }
        return order;
    }
}
