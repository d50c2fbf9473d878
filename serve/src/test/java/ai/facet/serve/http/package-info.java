@NullMarked
package ai.facet.serve.http;

import org.jspecify.annotations.NullMarked;
