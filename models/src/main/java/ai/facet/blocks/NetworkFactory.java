package ai.facet.blocks;

import ai.djl.nn.Block;
import ai.facet.preprocess.Preprocessing;
import ai.facet.schema.AttributeSchema;

/**
 * Makes a network of the user's own, as any DJL Block. A public class with a public constructor without arguments;
 * {@code facet train --network java:com.example.MyNetwork} finds it on {@code FACET_CLASSPATH}, and so do all commands
 * that load the checkpoint later. {@link FeatureNetwork} turns a Block that computes features into such a network.
 */
@FunctionalInterface
public interface NetworkFactory {
    /**
     * A network without weights, the same for the same arguments.
     *
     * @return input uint8 {@code [N, H, W, 3]}, red first; outputs one float32 {@code [N, classes]} of logits for each
     *     attribute, named by the attribute's id, or without names in schema order
     */
    Block create(AttributeSchema schema, Preprocessing preprocessing);
}
