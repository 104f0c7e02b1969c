package org.neuroglia.nwb;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;

/** When the samples of a series are, in seconds. */
interface TraceTimes {
  /** Times of samples {@code from} … {@code to − 1}. */
  double[] read(long from, long to);

  /**
   * The number of the first sample at {@code time} or later, of {@code samples} in all; found
   * without reading all times.
   *
   * @throws InvalidInputException if times that are looked at do not ascend
   */
  long firstFrom(double time, long samples);

  /** Samples per second, where the file says so. */
  Optional<Double> rate();

  /** How many samples there are, where the times tell. */
  Optional<Long> count();

  /** Those of a series that has timestamps, or a starting_time with a rate. */
  static TraceTimes of(HdfGroup series) {
    Optional<HdfDataset> timestamps = series.dataset("timestamps");
    if (timestamps.isPresent()) {
      if (timestamps.get().width() != 1 || !timestamps.get().type().isNumber()) {
        throw wrong(series, "/timestamps must hold one number for each sample");
      }
      return new Stored(series, timestamps.get());
    }
    HdfDataset starting =
        series
            .dataset("starting_time")
            .filter(s -> s.rows() > 0)
            .orElseThrow(() -> wrong(series, " has neither timestamps nor a starting_time"));
    double rate =
        starting
            .number("rate")
            .orElseThrow(() -> wrong(series, " has a starting_time without a rate"));
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw wrong(series, " has a rate of " + rate + "; it must be positive");
    }
    return new Regular(starting.doubles(0, 1)[0], rate);
  }

  private static InvalidInputException wrong(HdfGroup series, String problem) {
    return new InvalidInputException(series.file().name() + ": " + series.path() + problem + ".");
  }

  /** Sample i is at {@code start + i / perSecond}. */
  record Regular(double start, double perSecond) implements TraceTimes {
    private double time(long i) {
      return start + i / perSecond;
    }

    @Override
    public double[] read(long from, long to) {
      double[] times = new double[Math.toIntExact(to - from)];
      Arrays.setAll(times, i -> time(from + i));
      return times;
    }

    /** The quotient may be off by rounding; what decides is the time that {@link #read} gives. */
    @Override
    public long firstFrom(double time, long samples) {
      long first = (long) Math.max(0, Math.min(samples, Math.ceil((time - start) * perSecond)));
      while (first > 0 && time(first - 1) >= time) {
        first--;
      }
      while (first < samples && time(first) < time) {
        first++;
      }
      return first;
    }

    @Override
    public Optional<Double> rate() {
      return Optional.of(perSecond);
    }

    @Override
    public Optional<Long> count() {
      return Optional.empty();
    }
  }

  /** {@code timestamps}, of which a search reads a few blocks. */
  final class Stored implements TraceTimes {
    /** Samples of a block: a page of bytes. */
    private static final int BLOCK = 512;

    private final HdfGroup series;
    private final HdfDataset timestamps;
    private final long block;
    private final Map<Long, double[]> blocks = new HashMap<>();

    Stored(HdfGroup series, HdfDataset timestamps) {
      this.series = series;
      this.timestamps = timestamps;
      int[] chunk = timestamps.chunkShape();
      this.block = chunk.length == 0 ? BLOCK : chunk[0]; // no chunk is decompressed twice
    }

    @Override
    public double[] read(long from, long to) {
      return timestamps.doubles(from, to);
    }

    @Override
    public long firstFrom(double time, long samples) {
      long low = 0; // the first block that may hold it
      long high = (samples + block - 1) / block;
      while (low < high) {
        long middle = (low + high) / 2;
        double[] times = block(middle, samples);
        if (times[times.length - 1] < time) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      if (low * block >= samples) {
        return samples;
      }
      double[] times = block(low, samples);
      int i = 0;
      while (i < times.length && times[i] < time) {
        i++;
      }
      return low * block + i;
    }

    private double[] block(long number, long samples) {
      double[] known = blocks.get(number);
      if (known == null) {
        long from = number * block;
        known = timestamps.doubles(from, Math.min(samples, from + block));
        requireAscending(known, from);
        blocks.put(number, known);
      }
      return known;
    }

    private void requireAscending(double[] times, long from) {
      for (int i = 0; i < times.length; i++) {
        if (Double.isNaN(times[i]) || (i > 0 && times[i] < times[i - 1])) {
          throw unsorted(series, from + i, times[i]);
        }
      }
    }

    @Override
    public Optional<Double> rate() {
      return Optional.empty();
    }

    @Override
    public Optional<Long> count() {
      return Optional.of(timestamps.rows());
    }
  }

  /** A search has gone wrong, or would. */
  static InvalidInputException unsorted(HdfGroup series, long sample, double time) {
    return wrong(
        series,
        "/timestamps do not ascend at sample "
            + sample
            + " ("
            + time
            + " s); a range of time is read of series whose timestamps do");
  }
}
