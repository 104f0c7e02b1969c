package org.neuroglia.spark.sql;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.spark.plan.SqlExpression;
import org.neuroglia.spark.plan.Tally;
import org.neuroglia.spark.plan.Values;

/** {@code peri_event_histogram(spike_time, event_time, sample_times)}: counts of long spikes. */
final class PeriEventHistogramFunction
    extends AggregateFunction<PeriEventHistogramFunction.Counts> {
  private static final long serialVersionUID = 1L;

  private final SampleTimesArgument sampleTimes = new SampleTimesArgument();

  static final class Counts implements Tally<Counts> {
    private final Bins bins;
    private long[] counts;

    Counts(Bins bins, long[] counts) {
      this.bins = bins;
      this.counts = counts;
    }

    private void use(PeriEventSpikeSampler sampler) {
      bins.set(sampler);
      if (counts.length != bins.size()) {
        counts = Arrays.copyOf(counts, bins.size());
      }
    }

    @Override
    public void merge(Counts other) {
      if (other.bins.areKnown()) {
        use(other.bins.sampler());
        Arrays.setAll(counts, j -> counts[j] + other.counts[j]);
      }
    }

    @Override
    public Object result() {
      return Values.array(counts);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      bins.write(out);
      Bins.write(out, counts);
    }
  }

  @Override
  public String name() {
    return NeurogliaExtensions.PERI_EVENT_HISTOGRAM;
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Parameter.of("spike_time", Parameter.Kind.SECONDS, "the time of a spike in seconds"),
        Trains.EVENT_TIME,
        SampleTimesArgument.PARAMETER);
  }

  @Override
  String returns() {
    return "Returns how many spikes of a group are in each bin around their event, an array [bins].";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(time, 1, array(0, 0.25, 0.5)) FROM VALUES (1.0), (1.3), (1.5) AS spikes(time);
         [1,2]
        """;
  }

  @Override
  String note() {
    return "For spikes in long form, a row each. A spike outside the window counts nothing, and so"
        + " does a row whose spike or event has no time, as an outer join makes them.";
  }

  @Override
  String group() {
    return "agg_funcs";
  }

  @Override
  public DataType type(DataType[] arguments) {
    return DataTypes.createArrayType(DataTypes.LongType, false);
  }

  @Override
  void check(List<SqlExpression> arguments) {
    SampleTimesArgument.check(name(), arguments.get(2));
  }

  @Override
  public Counts empty() {
    return new Counts(new Bins(), new long[0]);
  }

  @Override
  public void add(Counts tally, Object[] arguments) {
    if (arguments[2] == null) {
      return;
    }
    tally.use(sampleTimes.sampler(arguments[2]));
    if (arguments[0] != null && arguments[1] != null) {
      int bin = tally.bins.sampler().bin((Double) arguments[0], (Double) arguments[1]);
      if (bin >= 0) {
        tally.counts[bin]++;
      }
    }
  }

  @Override
  public Counts read(DataInput in) throws IOException {
    Bins bins = Bins.read(in);
    return new Counts(bins, bins.readLongs(in));
  }
}
