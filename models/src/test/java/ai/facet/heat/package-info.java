@org.jspecify.annotations.NullMarked
package ai.facet.heat;
