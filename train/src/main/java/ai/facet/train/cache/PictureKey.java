package ai.facet.train.cache;

import ai.facet.image.Box;
import org.jspecify.annotations.Nullable;

/**
 * What pixels are made of, beside the contract.
 *
 * @param contentHash SHA-256 of the picture's file, in hexadecimal digits
 * @param box the part that is used, or null for all of it
 */
record PictureKey(String contentHash, @Nullable Box box) {}
