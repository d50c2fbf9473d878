package ai.facet.export.graph;

/** What makes a node's value: it comes from outside, is a constant, or is computed. */
public sealed interface Op permits Input, Constant, IntegerConstant, Operation {}
