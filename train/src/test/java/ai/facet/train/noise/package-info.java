@org.jspecify.annotations.NullMarked
package ai.facet.train.noise;
