package org.neuroglia.spark.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbColumn;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbSession;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.nwb.NwbTableName;
import org.neuroglia.nwb.NwbValues;
import org.neuroglia.nwb.SpikeSummary;
import org.neuroglia.nwb.TraceSeries;

/**
 * What is in one NWB file.
 *
 * @param notRead a sentence for everything that is there but cannot be read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Inspection(
    String path,
    String version,
    NwbSession session,
    List<Table> tables,
    List<Series> series,
    List<String> notRead) {
  /** Spike times that are held in memory at once. */
  private static final long MOST_SPIKES = 20_000_000;

  /**
   * A table.
   *
   * @param problem why it cannot be read, or null
   * @param units its neurons, or null where it is not a table of units
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Table(
      String name,
      String path,
      String kind,
      Integer rows,
      List<Column> columns,
      List<String> notes,
      Units units,
      String problem) {}

  /** A column; the type of a list ends in []. */
  record Column(String name, String type) {}

  /**
   * The neurons of a table.
   *
   * @param nanDropped spike times that are NaN, which reading drops
   * @param unsorted neurons whose times are not ascending in the file, which reading sorts
   * @param first time of the first spike of all, in seconds, or null
   * @param last time of the last spike of all, in seconds, or null
   */
  record Units(
      int count,
      long spikes,
      int silent,
      long nanDropped,
      int unsorted,
      Double first,
      Double last,
      List<Neuron> neurons) {}

  /**
   * A neuron.
   *
   * @param rate spikes per second between the first and the last spike of all neurons, or null
   */
  record Neuron(Object neuron, long spikes, Double rate) {}

  /**
   * Traces in time.
   *
   * @param unit of the values, or null where the file does not say
   * @param first time of the first sample in seconds, or null
   * @param last time of the last sample in seconds, or null
   * @param rate samples per second: the file's, or the mean of its timestamps, or null
   * @param problem why names or times cannot be read, or null
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Series(
      String name,
      String path,
      int neurons,
      long samples,
      String unit,
      Double first,
      Double last,
      Double rate,
      List<String> notes,
      String problem) {}

  /** Reads headers, and the spike times to count them. */
  static Inspection of(NwbFile file, String path) {
    List<Table> tables = new ArrayList<>();
    for (NwbTableName name : file.tables()) {
      tables.add(table(file, name));
    }
    List<Series> series = file.traces().stream().map(Inspection::series).toList();
    return new Inspection(path, file.version(), file.session(), tables, series, file.notes());
  }

  private static Series series(TraceSeries traces) {
    Double first = null;
    Double last = null;
    Double rate = traces.rate().orElse(null);
    List<String> notes = List.of();
    String problem = null;
    long samples = traces.samples();
    try {
      notes = traces.notes();
      if (samples > 0) {
        first = finite(traces.times(0, 1)[0]);
        last = finite(traces.times(samples - 1, samples)[0]);
      }
      if (rate == null && first != null && last != null && last > first) {
        rate = (samples - 1) / (last - first);
      }
    } catch (InvalidInputException e) {
      problem = e.getMessage();
    }
    return new Series(
        traces.name(),
        traces.path(),
        traces.neurons(),
        samples,
        traces.unit().isEmpty() ? null : traces.unit(),
        first,
        last,
        rate,
        notes,
        problem);
  }

  private static Table table(NwbFile file, NwbTableName name) {
    String kind = name.kind().name().toLowerCase(java.util.Locale.ROOT);
    try {
      NwbTable table = file.table(name.path());
      List<Column> columns =
          table.columns().stream()
              .map(
                  c ->
                      new Column(
                          c.name(),
                          c.type().name().toLowerCase(java.util.Locale.ROOT)
                              + "[]".repeat(c.depth())))
              .toList();
      Units units = name.kind() == NwbTableName.Kind.UNITS ? units(table) : null;
      return new Table(
          name.name(), name.path(), kind, table.rowCount(), columns, table.notes(), units, null);
    } catch (InvalidInputException e) {
      return new Table(name.name(), name.path(), kind, null, null, null, null, e.getMessage());
    }
  }

  private static Units units(NwbTable table) {
    Optional<SpikeSummary> summary = table.spikes();
    if (summary.isEmpty() || !table.hasColumn("times")) {
      return null;
    }
    SpikeSummary spikes = summary.get();
    double seconds = spikes.last() - spikes.first();
    List<Neuron> neurons = new ArrayList<>();
    NwbValues names = table.column("neuron").read();
    long[] counts = counts(table.column("times"), table.rowCount());
    for (int row = 0; row < counts.length; row++) {
      Double rate = seconds > 0 ? counts[row] / seconds : null;
      neurons.add(new Neuron(names.get(row), counts[row], rate));
    }
    return new Units(
        spikes.units(),
        spikes.spikes(),
        spikes.silentUnits(),
        spikes.nan(),
        spikes.unsortedUnits(),
        finite(spikes.first()),
        finite(spikes.last()),
        neurons);
  }

  /** JSON has no NaN. */
  private static Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Spikes of each unit, NaN not counted: so the times must be read, in parts that fit. */
  private static long[] counts(NwbColumn times, int rows) {
    long[] ends = times.ends();
    long[] counts = new long[rows];
    int from = 0;
    while (from < rows) {
      long start = from == 0 ? 0 : ends[from - 1];
      int to = from + 1;
      while (to < rows && ends[to] - start <= MOST_SPIKES) {
        to++;
      }
      int[] offsets = times.read(from, to).offsets(0);
      for (int row = from; row < to; row++) {
        counts[row] = offsets[row - from + 1] - offsets[row - from];
      }
      from = to;
    }
    return counts;
  }
}
