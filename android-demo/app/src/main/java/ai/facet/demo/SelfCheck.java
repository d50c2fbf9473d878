package ai.facet.demo;

/**
 * What an int8 model's own check said on this device.
 *
 * @param different answers that are others than where the model was made
 * @param answers all that were compared
 */
record SelfCheck(Outcome outcome, int different, int answers) {
    /** Floats answer alike everywhere. */
    static final SelfCheck NOT_NEEDED = new SelfCheck(Outcome.NOT_NEEDED, 0, 0);

    /** The app has no answers to compare with. */
    static final SelfCheck NOT_STORED = new SelfCheck(Outcome.NOT_STORED, 0, 0);

    /** What follows from it. */
    enum Outcome {
        NOT_NEEDED,
        NOT_STORED,
        AGREES,
        /** And there are no floats: the integers answer all the same. */
        DIFFERS,
        /** The floats answer instead. */
        REPLACED
    }

    static SelfCheck of(int different, int answers) {
        return new SelfCheck(different == 0 ? Outcome.AGREES : Outcome.DIFFERS, different, answers);
    }

    SelfCheck replaced() {
        return new SelfCheck(Outcome.REPLACED, different, answers);
    }

    /** Whether the user has to know before believing an answer. */
    boolean warns() {
        return outcome == Outcome.DIFFERS || outcome == Outcome.REPLACED;
    }
}
