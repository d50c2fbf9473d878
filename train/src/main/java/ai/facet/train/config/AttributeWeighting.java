package ai.facet.train.config;

import java.util.Locale;

/** Where the weights of attributes against each other come from. */
public enum AttributeWeighting {
    /** From the user; 1 unless said otherwise. */
    FIXED,
    /** Learned with the network (Kendall, Gal and Cipolla, 2018). */
    UNCERTAINTY;

    /** The name in files and options. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
