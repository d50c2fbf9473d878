package ai.facet.train;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of an option that may be left to Facet.
 *
 * @param number null for {@code auto}
 */
record NumberOrAuto(@Nullable Integer number) {
    private static final String AUTO = "auto";

    static boolean isAuto(@Nullable NumberOrAuto value) {
        return value != null && value.number == null;
    }

    /** The number, or another if there is none. */
    static int or(@Nullable NumberOrAuto value, int other) {
        return value == null || value.number == null ? other : value.number;
    }

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<NumberOrAuto> {
        @Override
        public NumberOrAuto convert(String value) {
            if (value.equals(AUTO)) {
                return new NumberOrAuto(null);
            }
            String expected = "\"" + value + "\"; expected a whole number from 1, or auto";
            try {
                int number = Integer.parseInt(value);
                if (number < 1) {
                    throw new TypeConversionException(expected);
                }
                return new NumberOrAuto(number);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(expected);
            }
        }
    }
}
