package org.neuroglia.nwb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Hdf.HdfGroup;

/**
 * A time series of numbers as traces: for each neuron (ROI, electrode, column) its samples, in the
 * unit of the file. RoiResponseSeries, ElectricalSeries and any other TimeSeries of NWB 2, and
 * those of NWB 1, such as Fluorescence and DfOverF of the Allen Brain Observatory.
 *
 * <pre>{@code
 * TraceSeries dff = file.trace("DfOverF");
 * double[] times = dff.times(0, dff.samples());
 * double[][] traces = dff.values(0, dff.neurons(), 0, dff.samples());
 * }</pre>
 *
 * <p>Data are [time × neuron], or [neuron × time] as in NWB 1: as many as there are times is the
 * time. Where both sizes fit, or the number of times is not known, data of a series with {@code
 * roi_names}, which only NWB 1 has, are [neuron × time]; where only one size fits the number of
 * {@code rois}, those are the neurons; all other data are [time × neuron]. Data of more dimensions
 * are [time × …], the others counted as columns in row-major order.
 *
 * <p>Nothing of the values is read before it is asked for, and then only the chunks, or stretches
 * of contiguous data, that hold it. Good until the file is closed. Not thread-safe.
 */
public final class TraceSeries {
  /** Values that are decoded at a time, but for whole chunks. */
  private static final int PIECE = 1 << 20;

  private final HdfGroup series;
  private final HdfDataset data;
  private final TraceTimes times;
  private final boolean timeFirst;
  private final long samples;
  private final int neurons;
  private final UnitConversion conversion;
  private TraceLabels labels;

  private TraceSeries(HdfGroup series, HdfDataset data) {
    this.series = series;
    this.data = data;
    this.times = TraceTimes.of(series);
    this.timeFirst = isTimeFirst();
    long width = timeFirst ? data.width() : data.rows();
    if (width > Integer.MAX_VALUE - 8) {
      throw wrong("has " + width + " traces; at most 2^31 - 9 are read");
    }
    this.neurons = (int) width;
    this.samples = timeFirst ? data.rows() : data.columns();
    this.conversion = UnitConversion.of(series, data, timeFirst ? data.columns() : data.rows());
  }

  /**
   * @return nothing where the group is not of numbers in time: without data or times, with empty
   *     data, with text
   * @throws InvalidInputException if the data do not fit the times, or cannot be read
   */
  static Optional<TraceSeries> of(HdfGroup series) {
    if (!series.has("data") || !(series.has("timestamps") || series.has("starting_time"))) {
      return Optional.empty();
    }
    Optional<HdfDataset> data = series.dataset("data");
    if (data.isEmpty() || data.get().rank() == 0 || data.get().width() == 0) {
      return Optional.empty();
    }
    boolean numbers;
    try {
      numbers = data.get().type().isNumber();
    } catch (InvalidInputException e) {
      numbers = false; // compound values, lists: of no use as a trace
    }
    return numbers ? Optional.of(new TraceSeries(series, data.get())) : Optional.empty();
  }

  private boolean isTimeFirst() {
    long[] shape = data.shape();
    Optional<Long> known = times.count();
    boolean first = known.isEmpty() || known.get() == shape[0];
    boolean last = shape.length == 2 && (known.isEmpty() || known.get() == shape[1]);
    if (!first && !last) {
      throw wrong(
          "has data of "
              + String.join(" x ", java.util.Arrays.stream(shape).mapToObj(Long::toString).toList())
              + " values, of which none counts its "
              + known.get()
              + " timestamps");
    }
    if (!first || !last) {
      return first;
    }
    Optional<Long> names = TraceLabels.count(series, "roi_names");
    if (names.isPresent()) {
      return names.get() != shape[0];
    }
    // Some labs write [roi × time] against the standard.
    long rois = TraceLabels.count(series, "rois").orElse(shape[1]);
    return rois == shape[1] || rois != shape[0];
  }

  /** The last step of the path, such as {@code imaging_plane_1}. */
  public String name() {
    return series.path().substring(series.path().lastIndexOf('/') + 1);
  }

  /** Where the series is in the file, such as {@code /processing/ophys/DfOverF/plane0}. */
  public String path() {
    return series.path();
  }

  public long samples() {
    return samples;
  }

  public int neurons() {
    return neurons;
  }

  /** The unit of the values, as the file calls it; may be empty. */
  public String unit() {
    return data.text("unit");
  }

  /** Samples per second, where the file has no times but a rate. */
  public Optional<Double> rate() {
    return times.rate();
  }

  /**
   * What the neurons are called, in the order of the data; each differs. LONG: ids of ROIs or
   * electrodes, or numbers of columns. STRING: names that NWB 1 has, or that of the series where
   * its data have one dimension.
   *
   * @throws InvalidInputException if the file names rows of a table that are not there
   */
  public NwbValues labels() {
    return readLabels().labels();
  }

  /** Why neurons are not called as in the file; empty where they are. */
  public List<String> notes() {
    String note = readLabels().note();
    return note.isEmpty()
        ? List.of()
        : List.of(path() + ": its traces are not called as in the file. " + note);
  }

  private TraceLabels readLabels() {
    if (labels == null) {
      labels = TraceLabels.of(series, neurons, data.rank() == 1);
    }
    return labels;
  }

  /**
   * How many neurons lie together in the file: reading a part of them costs as much as reading all
   * of them. 1 where each lies by itself.
   */
  public int neuronsTogether() {
    if (!timeFirst) {
      return data.chunkShape().length == 0 ? 1 : data.chunkShape()[0];
    }
    int[] chunk = data.chunkShape();
    long inner = neurons / Math.max(1, data.columns());
    long together = chunk.length < 2 ? neurons : Math.min(neurons, chunk[1] * inner);
    return (int) Math.max(1, together);
  }

  /** Seconds of samples {@code from} … {@code to − 1}, in the order of the file. */
  public double[] times(long from, long to) {
    Objects.checkFromToIndex(from, to, samples);
    return times.read(from, to);
  }

  /**
   * As {@link #times(long, long)}, for a range that {@link #firstFrom} found.
   *
   * @throws InvalidInputException if they do not ascend within [start, stop)
   */
  public double[] times(long from, long to, double start, double stop) {
    double[] read = times(from, to);
    for (int i = 0; i < read.length; i++) {
      boolean within = read[i] >= start && read[i] < stop;
      if (!within || (i > 0 && read[i] < read[i - 1])) {
        throw TraceTimes.unsorted(series, from + i, read[i]);
      }
    }
    return read;
  }

  /**
   * The number of the first sample at {@code time} seconds or later; {@link #samples} if there is
   * none. Samples of [start, stop) are {@code firstFrom(start)} … {@code firstFrom(stop) − 1}.
   * Timestamps are searched by halves, so that few are read.
   *
   * @throws InvalidInputException if those timestamps do not ascend
   */
  public long firstFrom(double time) {
    return times.firstFrom(time, samples);
  }

  /**
   * Reads values, in the unit of the file.
   *
   * @return [neuron][sample] for neurons {@code neuronFrom} … {@code neuronTo − 1} and samples
   *     {@code from} … {@code to − 1}
   * @throws InvalidInputException if the file is damaged or its compression is not supported
   */
  public double[][] values(int neuronFrom, int neuronTo, long from, long to) {
    Objects.checkFromToIndex(neuronFrom, neuronTo, neurons);
    Objects.checkFromToIndex(from, to, samples);
    double[][] values = new double[neuronTo - neuronFrom][Math.toIntExact(to - from)];
    if (timeFirst) {
      readTimeFirst(values, neuronFrom, from);
    } else {
      readNeuronFirst(values, neuronFrom, from);
    }
    if (!conversion.isIdentity()) {
      int each = timeFirst ? (int) (neurons / data.columns()) : 1;
      for (int n = 0; n < values.length; n++) {
        convert(values[n], (neuronFrom + n) / each);
      }
    }
    return values;
  }

  private void convert(double[] trace, int channel) {
    for (int i = 0; i < trace.length; i++) {
      trace[i] = conversion.apply(trace[i], channel);
    }
  }

  private void readTimeFirst(double[][] values, int neuronFrom, long from) {
    int count = values.length;
    int inner = (int) (neurons / data.columns());
    long low = neuronFrom / inner;
    long high = ((long) neuronFrom + count + inner - 1) / inner;
    int width = (int) ((high - low) * inner);
    int skip = (int) (neuronFrom - low * inner);
    for (long[] piece : pieces(from, from + (count == 0 ? 0 : values[0].length), width)) {
      double[] read = data.doubles(piece[0], piece[1], low, high);
      int at = (int) (piece[0] - from);
      for (int n = 0; n < count; n++) {
        double[] trace = values[n];
        for (int i = 0, k = skip + n; k < read.length; i++, k += width) {
          trace[at + i] = read[k];
        }
      }
    }
  }

  private void readNeuronFirst(double[][] values, int neuronFrom, long from) {
    int length = values.length == 0 ? 0 : values[0].length;
    for (long[] piece : pieces(neuronFrom, (long) neuronFrom + values.length, length)) {
      double[] read = data.doubles(piece[0], piece[1], from, from + length);
      for (long n = piece[0]; n < piece[1]; n++) {
        System.arraycopy(
            read, (int) (n - piece[0]) * length, values[(int) (n - neuronFrom)], 0, length);
      }
    }
  }

  /** Ranges of rows that are decoded together: whole chunks, so that none is read twice. */
  private List<long[]> pieces(long from, long to, long width) {
    int[] chunk = data.chunkShape();
    long unit = chunk.length == 0 ? 1 : chunk[0];
    long step = Math.max(1, PIECE / Math.max(1, width) / unit) * unit;
    List<long[]> pieces = new ArrayList<>();
    for (long at = from; at < to && width > 0; ) {
      long next = Math.min(to, (at / step + 1) * step);
      pieces.add(new long[] {at, next});
      at = next;
    }
    return pieces;
  }

  private InvalidInputException wrong(String problem) {
    return new InvalidInputException(series.file().name() + ": " + path() + " " + problem + ".");
  }
}
