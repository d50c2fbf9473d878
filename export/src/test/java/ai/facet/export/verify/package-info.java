@org.jspecify.annotations.NullMarked
package ai.facet.export.verify;
