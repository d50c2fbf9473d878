package ai.facet.annotations;

/**
 * What tells images apart.
 *
 * @param contentHash SHA-256 of the file's bytes: equal for copies under any name
 * @param look a small picture of the image, for finding near duplicates; of the whole file even when a row has a box
 */
public record ImageFingerprint(String contentHash, ImageLook look) {}
