package ai.facet.cli;

/** A failure that the user can mend: its message is all that is shown, and its exit code ends the program. */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private UserException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Wrong options or arguments (exit 2). */
    public static UserException badArguments(String message) {
        return new UserException(ExitCodes.BAD_ARGUMENTS, message);
    }

    /** Bad input or environment (exit 1). */
    public static UserException failed(String message) {
        return new UserException(ExitCodes.FAILED, message);
    }

    /** A requested check did not pass (exit 3). */
    public static UserException checkFailed(String message) {
        return new UserException(ExitCodes.CHECK_FAILED, message);
    }

    public int exitCode() {
        return exitCode;
    }
}
