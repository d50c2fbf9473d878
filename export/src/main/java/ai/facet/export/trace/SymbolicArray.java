package ai.facet.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import ai.facet.export.graph.ElementType;
import ai.facet.export.graph.Node;
import ai.facet.export.graph.Operation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Block takes for an array: a proxy of {@link NDArray} and {@link NDArrayEx} that computes each supported
 * operation on a real array for its shape and type and records it. Anything that would read values, or is not in the
 * table of {@link Operations}, ends the trace.
 */
final class SymbolicArray implements InvocationHandler {
    private static final Set<String> DELEGATED =
            Set.of("getUid", "getDataType", "getDevice", "getShape", "getManager", "getSparseFormat", "hasGradient");

    /** Intermediates live as long as the trace, whatever the Block does with them. */
    private static final Set<String> IGNORED =
            Set.of("attach", "detach", "tempAttach", "returnResource", "close", "setRequiresGradient");

    private final Recording recording;
    private final Node node;
    private final NDArray real;
    private @Nullable String name;

    private SymbolicArray(Recording recording, Node node, NDArray real) {
        this.recording = recording;
        this.node = node;
        this.real = real;
    }

    static NDArray create(Recording recording, Node node, NDArray real) {
        return (NDArray) Proxy.newProxyInstance(
                SymbolicArray.class.getClassLoader(),
                new Class<?>[] {NDArray.class, NDArrayEx.class},
                new SymbolicArray(recording, node, real));
    }

    /** The handler behind an array, or null if it is an ordinary one. */
    static @Nullable SymbolicArray of(NDArray array) {
        return Proxy.isProxyClass(array.getClass()) && Proxy.getInvocationHandler(array) instanceof SymbolicArray s
                ? s
                : null;
    }

    Node node() {
        return node;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        Object[] args = arguments == null ? new Object[0] : arguments;
        String signature = Operations.signature(method);
        Operations.Recorder recorder = Operations.find(signature);
        if (recorder != null) {
            return record(recorder, method, args);
        }
        return switch (method.getName()) {
            case "getNDArrayInternal", "getArray" -> proxy;
            case "getName" -> name;
            case "setName" -> rename((String) args[0]);
            case "equals" -> proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "traced " + node;
            case "isReleased" -> false;
            default -> delegate(proxy, method, args, signature);
        };
    }

    private @Nullable Object rename(@Nullable String newName) {
        name = newName;
        return null;
    }

    private @Nullable Object delegate(Object proxy, Method method, Object[] args, String signature) throws Throwable {
        if (IGNORED.contains(method.getName())) {
            return null;
        }
        if (DELEGATED.contains(method.getName())) {
            return call(real, method, args);
        }
        if (method.isDefault() && !signature.startsWith("to") && !signature.startsWith("duplicate")) {
            // on the proxy, so that what the default method calls is recorded
            return InvocationHandler.invokeDefault(proxy, method, args);
        }
        throw recording.unsupported(signature);
    }

    private Object record(Operations.Recorder recorder, Method method, Object[] args) throws Throwable {
        Object target = method.getDeclaringClass() == NDArrayEx.class ? real.getNDArrayInternal() : real;
        Object[] reals = unwrap(args);
        Object result = call(target, method, reals);
        NDArray computed = result instanceof NDList list ? list.singletonOrThrow() : (NDArray) result;
        ElementType type = Recording.elementType(computed.getDataType(), "the result of " + method.getName());
        Call call =
                new Call(recording, this, Operations.signature(method), args, Recording.shapeOf(computed.getShape()));
        Operation operation = recorder.record(call);
        Node recorded = new Node(operation, call.inputs(), call.resultShape(), type);
        boolean isOperand = computed == real || Arrays.stream(reals).anyMatch(a -> holds(a, computed));
        NDArray symbol = recording.symbol(recorded, isOperand ? computed : withoutMemory(computed));
        return result instanceof NDList ? new NDList(symbol) : symbol;
    }

    /** A conversion to the same type or device gives the array itself, which is not ours to close. */
    private static boolean holds(@Nullable Object argument, NDArray array) {
        return argument == array
                || (argument instanceof NDList list && list.stream().anyMatch(a -> a == array));
    }

    /** An expanded zero of the same shape and type: wide networks would fill the memory with values nobody reads. */
    private static NDArray withoutMemory(NDArray computed) {
        Shape shape = computed.getShape();
        try (computed) {
            return computed.getManager()
                    .zeros(new Shape(1), computed.getDataType())
                    .broadcast(shape);
        }
    }

    private static Object[] unwrap(Object[] args) {
        Object[] unwrapped = args.clone();
        for (int i = 0; i < args.length; i++) {
            if (args[i] instanceof NDList list) {
                NDList reals = new NDList();
                list.forEach(array -> reals.add(real(array)));
                unwrapped[i] = reals;
            } else if (args[i] instanceof NDArray array) {
                unwrapped[i] = real(array);
            }
        }
        return unwrapped;
    }

    private static NDArray real(NDArray array) {
        SymbolicArray symbolic = of(array);
        return symbolic == null ? array : symbolic.real;
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
