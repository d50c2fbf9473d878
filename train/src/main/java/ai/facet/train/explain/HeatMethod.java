package ai.facet.train.explain;

import ai.facet.cli.UserException;
import ai.facet.heat.HeatMap;
import java.util.Arrays;

/**
 * How maps and the derivatives of one logit by them become heat: the maps are summed with a weight each, and what speaks
 * against the class is cut to 0.
 */
enum HeatMethod {
    /** A map's weight is the mean of its derivatives (Selvaraju et al., 2017, equation 1). */
    GRAD_CAM("grad-cam") {
        @Override
        double weight(float[] maps, float[] gradients, int from, int cells) {
            double sum = 0;
            for (int i = from; i < from + cells; i++) {
                sum += gradients[i];
            }
            return sum / cells;
        }
    },

    /**
     * Derivatives count only where they are positive, each with a share of its own (Chattopadhay et al., 2018, equations
     * 11 and 19, for the exponential of the logit, whose factor exp(logit) is left out: it scales the whole map).
     */
    GRAD_CAM_PLUS_PLUS("grad-cam++") {
        @Override
        double weight(float[] maps, float[] gradients, int from, int cells) {
            double activation = 0;
            for (int i = from; i < from + cells; i++) {
                activation += maps[i];
            }
            double weight = 0;
            for (int i = from; i < from + cells; i++) {
                double g = gradients[i];
                double denominator = 2 * g * g + activation * g * g * g;
                if (g > 0 && denominator != 0) {
                    weight += g * g / denominator * g;
                }
            }
            return weight;
        }
    };

    private final String id;

    HeatMethod(String id) {
        this.id = id;
    }

    /**
     * The method of a name.
     *
     * @throws UserException (exit 2) naming the others
     */
    static HeatMethod of(String id) {
        return Arrays.stream(values())
                .filter(m -> m.id.equals(id))
                .findFirst()
                .orElseThrow(() ->
                        UserException.badArguments("--method is \"" + id + "\"; expected grad-cam or grad-cam++"));
    }

    /** The name in options and files: {@code grad-cam++}. */
    String id() {
        return id;
    }

    /** The weight of the map that lies in {@code cells} values from {@code from}. */
    abstract double weight(float[] maps, float[] gradients, int from, int cells);

    /**
     * The heat of one picture.
     *
     * @param maps {@code [pictures, channels, rows, columns]}
     * @param gradients of the logit by them, same shape
     */
    HeatMap heat(float[] maps, float[] gradients, int picture, int channels, int rows, int columns) {
        int cells = rows * columns;
        double[] sums = new double[cells];
        for (int channel = 0; channel < channels; channel++) {
            int from = (picture * channels + channel) * cells;
            double weight = weight(maps, gradients, from, cells);
            for (int i = 0; i < cells; i++) {
                sums[i] += weight * maps[from + i];
            }
        }
        float[] heat = new float[cells];
        for (int i = 0; i < cells; i++) {
            heat[i] = (float) Math.max(0, sums[i]);
        }
        return new HeatMap(rows, columns, heat);
    }
}
