package dev.lockstep.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A share that people give in percent.
 *
 * @param value 0 to 1
 */
record Share(double value) {
  private static final Pattern PERCENT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,9})?) *%?");

  /** Reads {@code 0.5} and {@code 0.5%} as half a percent. */
  static final class Converter implements ITypeConverter<Share> {
    @Override
    public Share convert(String text) {
      Matcher matcher = PERCENT.matcher(text);
      double percent = matcher.matches() ? Double.parseDouble(matcher.group(1)) : -1;
      if (percent < 0 || percent > 100) {
        throw new TypeConversionException("'" + text + "' is no share from 0% to 100%");
      }
      return new Share(percent / 100);
    }
  }
}
