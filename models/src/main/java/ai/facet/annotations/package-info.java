/**
 * Labelled image lists: which file, which class of each attribute, and on which side of the split.
 *
 * <p>Reading order: {@link ai.facet.annotations.AnnotationArguments}, {@link ai.facet.annotations.CsvOptions},
 * {@link ai.facet.annotations.CsvAnnotations} (CSV to {@link ai.facet.annotations.AnnotationTable}),
 * {@link ai.facet.annotations.CsvText}, {@link ai.facet.annotations.CsvColumns},
 * {@link ai.facet.annotations.SchemaInference}, {@link ai.facet.annotations.RowReader}; then
 * {@link ai.facet.annotations.DoubtfulClass} and {@link ai.facet.annotations.Spelling};
 * {@link ai.facet.annotations.ImageScan}, {@link ai.facet.annotations.DataSplit}, {@link ai.facet.annotations.SplitAssignment},
 * {@link ai.facet.annotations.Bundles}, {@link ai.facet.annotations.NearDuplicates},
 * {@link ai.facet.annotations.ImageLook}, {@link ai.facet.annotations.SplitFile}.
 *
 * <h2>The CSV form</h2>
 *
 * UTF-8 (a byte order mark is allowed), commas, double quotes around cells that hold commas, quotes or line breaks, LF
 * or CRLF. The first line names the columns; names are unique. One row is one picture, or one box of a picture.
 *
 * <ul>
 *   <li>{@code image_path}: a file, relative to the CSV's folder. Absolute paths and {@code ..} are allowed, because
 *       the person who trains owns the machine; a CSV from a stranger can therefore name any file that this person can
 *       read, and all that comes of it is a picture, or a message that it is none.
 *   <li>each other column: an attribute; an empty cell is a missing label. {@code None}, {@code NA} and {@code null} are
 *       ordinary classes unless declared as missing. White space around a label is not part of it.
 *   <li>optional columns, by option: a box {@code x,y,w,h} in pixels of the upright picture, a group (rows of one group
 *       stay on one side of the split), a split ({@code train}, {@code validation}, {@code test}).
 * </ul>
 *
 * Classes inferred from a CSV stand in natural order: runs of digits compare as numbers, all else by code point.
 */
@NullMarked
package ai.facet.annotations;

import org.jspecify.annotations.NullMarked;
