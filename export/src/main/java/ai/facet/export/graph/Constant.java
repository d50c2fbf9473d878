package ai.facet.export.graph;

/** A parameter of the network or a number that its code holds. */
public record Constant(Tensor tensor) implements Op {}
