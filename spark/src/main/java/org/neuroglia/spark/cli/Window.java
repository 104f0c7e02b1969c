package org.neuroglia.spark.cli;

import org.neuroglia.InvalidInputException;
import picocli.CommandLine.ITypeConverter;

/**
 * The option {@code --window START,STOP,STEP}: bin edges relative to an event, in seconds.
 *
 * @param start the first edge
 * @param stop no edge reaches it
 * @param step width of a bin
 */
record Window(double start, double stop, double step) {
  private static final int MOST_EDGES = 1_000_000;

  Window {
    if (!(Double.isFinite(start) && Double.isFinite(stop) && Double.isFinite(step) && step > 0)) {
      throw new InvalidInputException(
          String.format(
              "--window %s,%s,%s: three finite numbers, the last above 0, are needed.",
              start, stop, step));
    }
    double count = count(start, stop, step);
    if (count < 2) {
      throw new InvalidInputException(
          String.format(
              "--window %s,%s,%s is empty: a bin needs two edges, and as with numpy.arange STOP is"
                  + " none; START,STOP,STEP in seconds is, for example, 0.1,0.35,0.01.",
              start, stop, step));
    }
    if (count > MOST_EDGES) {
      throw new InvalidInputException(
          String.format(
              "--window %s,%s,%s has more than %,d edges.", start, stop, step, MOST_EDGES));
    }
  }

  private static double count(double start, double stop, double step) {
    return Math.ceil((stop - start) / step);
  }

  /**
   * The bin edges, to the bit those of {@code numpy.arange(start, stop, step)}: it takes the step
   * from the difference of its first two values.
   */
  double[] edges() {
    double[] edges = new double[(int) count(start, stop, step)];
    double second = start + step;
    for (int i = 0; i < edges.length; i++) {
      edges[i] = i == 1 ? second : start + i * (second - start);
    }
    return edges;
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
