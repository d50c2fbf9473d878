package ai.facet.demo;

/**
 * How a model is run.
 *
 * @param threads from 1
 */
record Execution(Provider provider, int threads) {
    /** Who computes. NNAPI is left out: Android 15 deprecates it. */
    enum Provider {
        CPU(R.string.provider_cpu),
        XNNPACK(R.string.provider_xnnpack);

        private final int title;

        Provider(int title) {
            this.title = title;
        }

        /** Of R.string. */
        int title() {
            return title;
        }
    }

    /** More than the fast cores of most phones slow each other down. */
    static Execution usual() {
        return new Execution(
                Provider.CPU, Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2)));
    }
}
