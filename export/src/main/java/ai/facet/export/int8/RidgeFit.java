package ai.facet.export.int8;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * A linear map from features to corrections, fitted to few examples: ridge regression, whose strength generalised
 * cross-validation chooses (Golub, Heath and Wahba, 1979). Features that say nothing about the corrections get none.
 *
 * @param slopes {@code [features][targets]}
 * @param shift {@code [targets]}
 */
record RidgeFit(double[][] slopes, double[] shift) {
    private static final int STRENGTHS = 41;
    private static final double WEAKEST = 1e-8;
    private static final double STRONGEST = 1e2;
    /** Variance beside the square of the mean, below which it is rounding. */
    private static final double ROUNDING = 1e-20;

    /**
     * Fits.
     *
     * @param features {@code [examples][features]}, at least 3 examples
     * @param targets {@code [examples][targets]}
     */
    static RidgeFit of(double[][] features, double[][] targets) {
        double[] featureMeans = means(features);
        double[] targetMeans = means(targets);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDArray x = centred(manager, features, featureMeans);
            NDArray y = centred(manager, targets, targetMeans);
            double[][] slopes = rows(slopes(x, y, ROUNDING * squares(featureMeans), manager), targetMeans.length);
            double[] shift = targetMeans.clone();
            for (int f = 0; f < slopes.length; f++) {
                for (int t = 0; t < shift.length; t++) {
                    shift[t] -= featureMeans[f] * slopes[f][t];
                }
            }
            return new RidgeFit(slopes, shift);
        }
    }

    /** Solves for the slopes, or for a weight of each example if there are fewer of those. */
    private static NDArray slopes(NDArray x, NDArray y, double leastVariance, NDManager manager) {
        long examples = x.getShape().get(0);
        boolean byFeature = x.getShape().get(1) <= examples;
        NDArray products = byFeature ? x.transpose().matMul(x) : x.matMul(x.transpose());
        int unknowns = (int) products.getShape().get(0);
        NDArray one = manager.eye(unknowns).toType(DataType.FLOAT64, false);
        double size = products.mul(one).sum().getDouble();
        NDArray best = x.transpose().matMul(y).mul(0);
        if (!(size > examples * leastVariance)) {
            return best; // the features never change
        }
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < STRENGTHS; i++) {
            double strength = size * WEAKEST * Math.pow(STRONGEST / WEAKEST, (double) i / (STRENGTHS - 1));
            try (NDManager scope = manager.newSubManager()) {
                x.tempAttach(scope);
                y.tempAttach(scope);
                products.tempAttach(scope);
                one.tempAttach(scope);
                NDArray inverse = products.add(one.mul(strength)).inverse();
                NDArray slopes = byFeature
                        ? inverse.matMul(x.transpose().matMul(y))
                        : x.transpose().matMul(inverse.matMul(y));
                double freedom = unknowns - strength * inverse.mul(one).sum().getDouble();
                double left = examples - 1 - freedom; // of centred examples one is not free
                double error = y.sub(x.matMul(slopes)).square().sum().getDouble() / (left * left);
                if (left > 0 && error < smallest) {
                    smallest = error;
                    best.close();
                    best = slopes;
                    best.attach(manager);
                }
            }
        }
        return best;
    }

    private static double squares(double[] values) {
        return Arrays.stream(values).map(v -> v * v).sum();
    }

    private static double[] means(double[][] rows) {
        double[] means = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < means.length; i++) {
                means[i] += row[i] / rows.length;
            }
        }
        return means;
    }

    private static NDArray centred(NDManager manager, double[][] rows, double[] means) {
        double[] flat = new double[rows.length * means.length];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < means.length; i++) {
                flat[r * means.length + i] = rows[r][i] - means[i];
            }
        }
        return manager.create(flat, new Shape(rows.length, means.length));
    }

    private static double[][] rows(NDArray matrix, int columns) {
        double[] flat = matrix.toDoubleArray();
        double[][] rows = new double[flat.length / columns][columns];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(flat, r * columns, rows[r], 0, columns);
        }
        return rows;
    }
}
