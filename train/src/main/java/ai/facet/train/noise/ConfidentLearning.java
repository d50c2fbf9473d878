package ai.facet.train.noise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which labels of one attribute are likely to be wrong (Northcutt, Jiang and Chuang, 2021), from probabilities of a network
 * that was not trained on these rows.
 *
 * <p>A network is confident of a class where its probability reaches the mean that rows with this label get. Rows counted by
 * label and confident class, scaled to the number of rows with each label, estimate how many labels of each class should be
 * which other class. So many rows are suspects ("prune by noise rate", section 3.2 there): those that the network would
 * answer differently, by how far the other class exceeds the label.
 *
 * <p>Unlike there, a confident class counts only if it is the label or the network's answer. A rare class that the network
 * hardly ever answers has a tiny mean, which rows reach by chance: rows on which network and label agree would count as
 * contradicted, and nobody wants to hear of a class that the network gives 2 %.
 *
 * @param labelled rows by class
 * @param wrongShares estimated share of wrong labels by class; NaN where the network was confident of no row
 * @param suspects the clearest contradiction first
 * @param right rows where the most probable class is the label
 */
record ConfidentLearning(int[] labelled, double[] wrongShares, List<Suspect> suspects, int right) {

    /**
     * A row whose label is contradicted.
     *
     * @param row index
     * @param label its class
     * @param suggested the class that it should rather have
     * @param labelProbability what the network gives the label
     * @param suggestedProbability what it gives the other class
     */
    record Suspect(int row, int label, int suggested, double labelProbability, double suggestedProbability) {
        double margin() {
            return suggestedProbability - labelProbability;
        }
    }

    /**
     * Judges all rows.
     *
     * @param labels class by row, -1 where missing
     * @param probabilities {@code [rows, classes]}
     */
    static ConfidentLearning of(int classes, int[] labels, float[] probabilities) {
        double[] thresholds = thresholds(classes, labels, probabilities);
        int[] labelled = new int[classes];
        int[][] joint = new int[classes][classes]; // [label][confident class]
        List<Suspect> contradicted = new ArrayList<>();
        int right = 0;
        for (int row = 0; row < labels.length; row++) {
            int label = labels[row];
            if (label < 0) {
                continue;
            }
            int at = row * classes;
            int answer = most(classes, at, probabilities, new double[classes]);
            int confident = most(classes, at, probabilities, thresholds);
            labelled[label]++;
            if (answer == label) {
                right++;
            } else {
                contradicted.add(
                        new Suspect(row, label, answer, probabilities[at + label], probabilities[at + answer]));
            }
            if (confident >= 0 && (confident == label || confident == answer)) {
                joint[label][confident]++;
            }
        }
        List<Suspect> suspects = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            int[] wrong = wrongByClass(joint[label], labelled[label]);
            suspects.addAll(suspects(label, contradicted, wrong));
        }
        suspects.sort(Comparator.comparingDouble(Suspect::margin).reversed().thenComparing(Suspect::row));
        return new ConfidentLearning(labelled, wrongShares(joint), List.copyOf(suspects), right);
    }

    /** How many of the rows with a label should have each other class, by the confident ones among them. */
    private static int[] wrongByClass(int[] confident, int labelled) {
        int all = Math.max(1, IntStream.of(confident).sum());
        return IntStream.of(confident)
                .map(count -> (int) Math.round((double) count * labelled / all))
                .toArray();
    }

    /** The clearest contradictions of one label, as many for each other class as are estimated to be wrong. */
    private static List<Suspect> suspects(int label, List<Suspect> contradicted, int[] wrong) {
        return IntStream.range(0, wrong.length)
                .boxed()
                .flatMap(other -> contradicted.stream()
                        .filter(suspect -> suspect.label() == label && suspect.suggested() == other)
                        .sorted(Comparator.comparingDouble(Suspect::margin).reversed())
                        .limit(wrong[other]))
                .toList();
    }

    /** By class, the mean probability of the class over the rows with this label. */
    private static double[] thresholds(int classes, int[] labels, float[] probabilities) {
        double[] sums = new double[classes];
        int[] counts = new int[classes];
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] >= 0) {
                sums[labels[row]] += probabilities[row * classes + labels[row]];
                counts[labels[row]]++;
            }
        }
        for (int c = 0; c < classes; c++) {
            sums[c] = counts[c] == 0 ? Double.POSITIVE_INFINITY : sums[c] / counts[c];
        }
        return sums;
    }

    /** The most probable of the classes that reach their threshold; -1 if none does. */
    private static int most(int classes, int at, float[] probabilities, double[] thresholds) {
        int most = -1;
        for (int c = 0; c < classes; c++) {
            boolean reaches = probabilities[at + c] >= thresholds[c];
            most = reaches && (most < 0 || probabilities[at + c] > probabilities[at + most]) ? c : most;
        }
        return most;
    }

    private static double[] wrongShares(int[][] joint) {
        double[] shares = new double[joint.length];
        for (int label = 0; label < shares.length; label++) {
            int all = IntStream.of(joint[label]).sum();
            shares[label] = all == 0 ? Double.NaN : 1 - (double) joint[label][label] / all;
        }
        return shares;
    }

    int rows() {
        return IntStream.of(labelled).sum();
    }

    /** The estimated share over all classes; classes without an estimate are left out. */
    double wrongShare() {
        double wrong = 0;
        int known = 0;
        for (int c = 0; c < labelled.length; c++) {
            if (!Double.isNaN(wrongShares[c])) {
                wrong += wrongShares[c] * labelled[c];
                known += labelled[c];
            }
        }
        return known == 0 ? Double.NaN : wrong / known;
    }

    /** Always giving the most frequent class would be right this often. */
    double majorityRate() {
        int most = 0;
        for (int count : labelled) {
            most = Math.max(most, count);
        }
        return (double) most / Math.max(1, rows());
    }
}
