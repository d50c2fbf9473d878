package ai.facet.export.torchscript;

import ai.facet.export.graph.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The few opcodes of pickle protocol 2 (Python's {@code pickletools}) that describe a module object. Written without
 * memo opcodes, which readers do not need.
 */
final class TorchPickle {
    private static final int PROTOCOL = 0x80;
    private static final int VERSION_2 = 2;
    private static final int NEW_OBJECT = 0x81;
    private static final int NEW_FALSE = 0x89;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TorchPickle() {}

    /** {@code FacetModel} with its weights and {@code training = False}; weight {@code i} lies in {@code data/i}. */
    static byte[] module(List<String> names, List<Tensor> weights) {
        TorchPickle pickle = new TorchPickle();
        pickle.op(PROTOCOL).op(VERSION_2);
        pickle.global("__torch__", "FacetModel").op(')').op(NEW_OBJECT);
        pickle.op('}').op('(');
        for (int i = 0; i < names.size(); i++) {
            pickle.string(names.get(i)).tensor(Integer.toString(i), weights.get(i));
        }
        pickle.string("training").op(NEW_FALSE);
        pickle.op('u').op('b').op('.');
        return pickle.out.toByteArray();
    }

    /** {@code torch._utils._rebuild_tensor_v2(storage, 0, shape, strides, requires_grad=False, OrderedDict())}. */
    private void tensor(String key, Tensor tensor) {
        global("torch._utils", "_rebuild_tensor_v2").op('(');
        op('(').string("storage").global("torch", "FloatStorage").string(key).string("cpu");
        integer(tensor.values().length).op('t').op('Q');
        integer(0);
        tuple(tensor.shape());
        tuple(strides(tensor.shape()));
        op(NEW_FALSE);
        global("collections", "OrderedDict").op(')').op('R');
        op('t').op('R');
    }

    private static List<Long> strides(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.get(i);
        }
        return List.of(strides);
    }

    private TorchPickle tuple(List<Long> values) {
        op('(');
        values.forEach(this::integer);
        return op('t');
    }

    /** Little-endian, 32 bits, or {@code LONG1} with eight bytes above that. */
    private TorchPickle integer(long value) {
        boolean fits = value == (int) value;
        if (fits) {
            op('J');
        } else {
            op(0x8a).op(Long.BYTES);
        }
        for (int i = 0; i < (fits ? Integer.BYTES : Long.BYTES); i++) {
            op((int) (value >> (8 * i)) & 0xff);
        }
        return this;
    }

    private TorchPickle string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        for (int i = 0; i < Integer.BYTES; i++) {
            op((bytes.length >> (8 * i)) & 0xff);
        }
        out.writeBytes(bytes);
        return this;
    }

    private TorchPickle global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private TorchPickle op(int code) {
        out.write(code);
        return this;
    }
}
