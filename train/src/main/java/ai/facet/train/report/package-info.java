/**
 * What a run tells people and scripts: metrics as JSON and CSV, curves as PNG, one self-contained HTML page, progress
 * on the terminal.
 *
 * <p>Reading order: {@link ai.facet.train.report.MetricsFiles}, {@link ai.facet.train.report.TensorBoardFile},
 * {@link ai.facet.train.report.CurvesPng},
 * {@link ai.facet.train.report.SvgChart}, {@link ai.facet.train.report.HtmlReport},
 * {@link ai.facet.train.report.SamplePictures}, {@link ai.facet.train.report.ConsoleProgress}.
 */
@NullMarked
package ai.facet.train.report;

import org.jspecify.annotations.NullMarked;
