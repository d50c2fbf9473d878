/**
 * The embedded data set: drawn persons in whom each of eight attributes can be seen. It exists so that Facet can be
 * tried, tested and measured without anybody's photographs; what a network learns on it says nothing about people.
 *
 * <p>How each attribute is drawn, in every pose: gender by hair and clothes; age by proportions, grey of the hair, lines,
 * glasses and a cane; weight by the width of body and face; the bag by its shape and place; footwear by its shape, or
 * hidden; emotion by the face and, because a back shows none, by the arms (raised: happy; on the hips: angry; hanging,
 * with a lowered head: sad); pose by what of head and body is seen; quality by blur, noise and contrast. Colours, place,
 * size and background are drawn independently of all labels, grey hair apart.
 *
 * <p>Reading order: {@link ai.facet.train.synth.SynthCommand}, {@link ai.facet.train.synth.SynthWriter},
 * {@link ai.facet.train.synth.Attributes}, {@link ai.facet.train.synth.PersonTraits},
 * {@link ai.facet.train.synth.PersonRenderer}, {@link ai.facet.train.synth.Figure}, the painters,
 * {@link ai.facet.train.synth.QualityDegradation}, {@link ai.facet.train.synth.ContactSheet}.
 */
@NullMarked
package ai.facet.train.synth;

import org.jspecify.annotations.NullMarked;
