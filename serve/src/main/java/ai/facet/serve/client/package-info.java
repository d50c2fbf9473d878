/**
 * Asks a Facet server from Java. Needs the JDK and {@code ai.facet.json}, nothing of the server. Three lines answer a picture:
 *
 * <pre>{@code
 * FacetClient client = FacetClient.of(URI.create("http://127.0.0.1:8080"));
 * PictureAnswer answer = client.predict("person", Path.of("photo.jpg"));
 * System.out.println(answer.attribute("gender").className());
 * }</pre>
 *
 * <p>Reading order: {@link ai.facet.serve.client.FacetClient}, {@link ai.facet.serve.client.PictureAnswer},
 * {@link ai.facet.serve.client.AttributeAnswer}, {@link ai.facet.serve.client.ServedModel},
 * {@link ai.facet.serve.client.FacetServerException}.
 */
@NullMarked
package ai.facet.serve.client;

import org.jspecify.annotations.NullMarked;
