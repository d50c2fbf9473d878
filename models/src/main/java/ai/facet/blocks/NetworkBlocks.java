package ai.facet.blocks;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.facet.network.NetworkSpec;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;

/** The Block of a specification: built from its stages, or made by the user's Java class. */
public final class NetworkBlocks {
    private static final int RGB = 3;

    private NetworkBlocks() {}

    /**
     * A network without weights.
     *
     * @return input uint8 {@code [N, H, W, 3]}; outputs float32 {@code [N, classes]} logits in schema order, named by
     *     attribute id
     * @throws IllegalArgumentException if the input is too small, or naming the class that is absent or no factory
     */
    public static Block create(NetworkSpec spec, AttributeSchema schema, Preprocessing preprocessing) {
        String factory = spec.factory();
        if (factory == null) {
            return new AttributeNetwork(spec, schema, preprocessing);
        }
        return new UserNetwork(factory, factory(factory).create(schema, preprocessing), schema);
    }

    /** Gives it its first weights, from the engine's random seed. */
    public static void initialize(Block network, NDManager manager, Preprocessing input) {
        network.initialize(manager, DataType.FLOAT32, new Shape(1, input.heightPx(), input.widthPx(), RGB));
    }

    /** A checkpoint may come from anywhere: nothing of a class runs unless it says that it is a factory. */
    private static NetworkFactory factory(String className) {
        try {
            Class<?> found = Class.forName(className, false, NetworkBlocks.class.getClassLoader());
            if (!NetworkFactory.class.isAssignableFrom(found)) {
                throw new IllegalArgumentException("network java:" + className
                        + " is no network; expected a class that implements " + NetworkFactory.class.getName());
            }
            return (NetworkFactory) found.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "network java:" + className
                            + " is not on the class path; put its jar or folder into the environment variable FACET_CLASSPATH",
                    e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalArgumentException(
                    "network java:" + className
                            + " cannot be made; expected a public class with a public constructor without arguments: "
                            + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }
}
