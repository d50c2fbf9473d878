package ai.facet.export.inspect;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Set;
import onnx.OnnxMl.ModelProto;
import onnx.OnnxMl.TensorProto;

/**
 * An ONNX file without the numbers in it: walks the wire format and skips what tensors hold, so that neither the weights
 * nor a hostile file fill the memory. In the result each tensor's {@code raw_data} is 8 bytes, little-endian: how many
 * bytes it had.
 */
final class OnnxStructure {
    /** Protocol buffers end there; larger models keep their weights outside. */
    private static final long MOST_FILE_BYTES = Integer.MAX_VALUE;

    /** Bytes beside the weights. The largest public models have some megabytes. */
    private static final int MOST_BYTES = 64 << 20;

    /** Nodes, attributes, tensors, dimensions. An empty one takes 2 bytes in a file and a hundred in memory. */
    private static final int MOST_MESSAGES = 2_000_000;

    private static final int MOST_DEPTH = 40;
    private static final Set<Integer> NUMBERS = Set.of(
            TensorProto.FLOAT_DATA_FIELD_NUMBER,
            TensorProto.INT32_DATA_FIELD_NUMBER,
            TensorProto.INT64_DATA_FIELD_NUMBER,
            TensorProto.STRING_DATA_FIELD_NUMBER,
            TensorProto.DOUBLE_DATA_FIELD_NUMBER,
            TensorProto.UINT64_DATA_FIELD_NUMBER);

    private final CodedInputStream in;
    private final Deque<String> place = new ArrayDeque<>();
    private int messages;
    private long kept;

    private OnnxStructure(CodedInputStream in) {
        this.in = in;
    }

    static ModelProto read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > MOST_FILE_BYTES) {
            throw new IOException(
                    file + " has " + size + " bytes; expected an ONNX file of at most " + MOST_FILE_BYTES);
        }
        ModelProto model;
        try (InputStream stream = Files.newInputStream(file)) {
            CodedInputStream in = CodedInputStream.newInstance(stream);
            in.pushLimit((int) size);
            model = new OnnxStructure(in).model(file);
        }
        if (!model.hasGraph()
                || model.getGraph().getNodeCount() + model.getGraph().getOutputCount() == 0) {
            throw new IOException(file + (size == 0 ? " is empty" : " holds no graph") + "; expected an ONNX model");
        }
        return model;
    }

    private ModelProto model(Path file) throws IOException {
        try {
            byte[] bytes = copy(ModelProto.getDescriptor());
            return ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(
                    file + ": at byte " + in.getTotalBytesRead() + ", in " + placeText() + ": "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " ")
                            + " Expected an ONNX model that is not cut or changed",
                    e);
        }
    }

    /** The message up to the current limit, without numbers. */
    private byte[] copy(Descriptor type) throws IOException {
        if (++messages > MOST_MESSAGES || place.size() > MOST_DEPTH) {
            throw new InvalidProtocolBufferException("there are more than " + MOST_MESSAGES + " parts or " + MOST_DEPTH
                    + " levels, which no real model has.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            field(type, tag, out);
        }
        out.flush();
        return bytes.toByteArray();
    }

    private void field(Descriptor type, int tag, CodedOutputStream out) throws IOException {
        FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
        if (field == null) {
            skip(tag); // of a newer format
            return;
        }
        place.push(field.getName());
        boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        boolean tensor = type == TensorProto.getDescriptor();
        if (tensor && NUMBERS.contains(field.getNumber())) {
            skip(tag);
        } else if (delimited && tensor && field.getNumber() == TensorProto.RAW_DATA_FIELD_NUMBER) {
            int length = length();
            in.skipRawBytes(length);
            out.writeByteArray(field.getNumber(), lengthBytes(length));
        } else if (delimited && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            message(field, out);
        } else if (delimited) {
            int length = length();
            keep(length);
            out.writeUInt32NoTag(tag);
            out.writeByteArrayNoTag(in.readRawBytes(length));
        } else {
            keep(Long.BYTES);
            scalar(tag, out);
        }
        place.pop();
    }

    /** Of what follows, no more than there is. */
    private int length() throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > in.getBytesUntilLimit()) {
            throw new InvalidProtocolBufferException("a part of " + Integer.toUnsignedString(length)
                    + " bytes begins where only " + in.getBytesUntilLimit() + " are left.");
        }
        return length;
    }

    private void message(FieldDescriptor field, CodedOutputStream out) throws IOException {
        int limit = in.pushLimit(length());
        byte[] inner = copy(field.getMessageType());
        in.popLimit(limit);
        keep(inner.length);
        out.writeByteArray(field.getNumber(), inner);
    }

    private void scalar(int tag, CodedOutputStream out) throws IOException {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> {
                out.writeUInt32NoTag(tag);
                out.writeUInt64NoTag(in.readRawVarint64());
            }
            case WireFormat.WIRETYPE_FIXED32 -> {
                out.writeUInt32NoTag(tag);
                out.writeFixed32NoTag(in.readRawLittleEndian32());
            }
            case WireFormat.WIRETYPE_FIXED64 -> {
                out.writeUInt32NoTag(tag);
                out.writeFixed64NoTag(in.readRawLittleEndian64());
            }
            default -> skip(tag);
        }
    }

    /** Groups are not part of ONNX, and would nest without a limit. */
    private void skip(int tag) throws IOException {
        int wireType = WireFormat.getTagWireType(tag);
        if (wireType == WireFormat.WIRETYPE_START_GROUP || !in.skipField(tag)) {
            throw new InvalidProtocolBufferException("wire type " + wireType + " is not used in ONNX.");
        }
    }

    /** Each level copies what is inside it, hence the long. */
    private void keep(int bytes) throws IOException {
        kept += bytes;
        if (kept > (long) MOST_BYTES * 4) {
            throw new InvalidProtocolBufferException(
                    "there are more than " + MOST_BYTES + " bytes beside the weights.");
        }
    }

    private static byte[] lengthBytes(long length) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
    }

    /** How many bytes a tensor had in {@code raw_data}. */
    static long rawBytes(TensorProto tensor) {
        return tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private String placeText() {
        StringBuilder text = new StringBuilder("the model");
        for (Iterator<String> names = place.descendingIterator(); names.hasNext(); ) {
            text.append('.').append(names.next());
        }
        return text.toString();
    }
}
