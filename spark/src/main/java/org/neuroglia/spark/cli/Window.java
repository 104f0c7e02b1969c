package org.neuroglia.spark.cli;

import org.neuroglia.InvalidInputException;
import org.neuroglia.event.SampleTimes;
import picocli.CommandLine.ITypeConverter;

/**
 * The option {@code --window START,STOP,STEP}: bin edges relative to an event, in seconds.
 *
 * @param start the first edge
 * @param stop no edge reaches it
 * @param step width of a bin
 */
record Window(double start, double stop, double step) {
  Window {
    if (arange(start, stop, step).length < 2) {
      throw new InvalidInputException(
          String.format(
              "--window %s,%s,%s is empty: a bin needs two edges, and as with numpy.arange STOP is"
                  + " none; START,STOP,STEP in seconds is, for example, 0.1,0.35,0.01.",
              start, stop, step));
    }
  }

  private static double[] arange(double start, double stop, double step) {
    try {
      return SampleTimes.arange(start, stop, step);
    } catch (InvalidInputException e) {
      throw new InvalidInputException("--window is wrong: " + e.getMessage() + ".", e);
    }
  }

  /** The bin edges, to the bit those of {@code numpy.arange(start, stop, step)}. */
  double[] edges() {
    return arange(start, stop, step);
  }

  @Override
  public String toString() {
    return start + "," + stop + "," + step;
  }

  static final class Converter implements ITypeConverter<Window> {
    @Override
    public Window convert(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length == 3) {
        try {
          return new Window(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Double.parseDouble(parts[2]));
        } catch (NumberFormatException e) {
          // Said below, together with a wrong number of parts.
        }
      }
      throw new InvalidInputException(
          "--window " + text + " must be START,STOP,STEP in seconds, as in 0.1,0.35,0.01.");
    }
  }
}
