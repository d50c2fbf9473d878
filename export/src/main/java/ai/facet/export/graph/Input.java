package ai.facet.export.graph;

/**
 * The graph's input.
 *
 * @param name as in the artifacts' signature
 */
public record Input(String name) implements Op {}
