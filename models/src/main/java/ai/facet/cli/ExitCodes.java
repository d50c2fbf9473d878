package ai.facet.cli;

/** Exit codes of every Facet command. */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int BAD_ARGUMENTS = 2;
    /** A check that the user asked for failed: parity, an accuracy floor. */
    public static final int CHECK_FAILED = 3;

    private ExitCodes() {}
}
