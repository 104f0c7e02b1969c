package org.neuroglia.spark.sql;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.PeriEventSpikeSampler;
import org.neuroglia.event.PeristimulusTimeHistogram;
import org.neuroglia.spark.plan.SqlExpression;
import org.neuroglia.spark.plan.Tally;
import org.neuroglia.spark.plan.Values;

/** {@code psth(times, event_time, sample_times)}: mean firing rates around events. */
final class Psth extends AggregateFunction<Psth.Histogram> {
  private static final long serialVersionUID = 1L;

  private static final DataType BINS =
      DataTypes.createArrayType(
          new StructType()
              .add("start", DataTypes.DoubleType, false)
              .add("stop", DataTypes.DoubleType, false)
              .add("rate", DataTypes.DoubleType, true)
              .add("sem", DataTypes.DoubleType, true),
          false);

  private final SampleTimesArgument sampleTimes = new SampleTimesArgument();

  static final class Histogram implements Tally<Histogram> {
    private final Bins bins;
    private PeristimulusTimeHistogram histogram;

    Histogram(Bins bins) {
      this.bins = bins;
    }

    private void use(PeriEventSpikeSampler sampler) {
      bins.set(sampler);
      if (histogram == null) {
        histogram = new PeristimulusTimeHistogram(sampler);
      }
    }

    @Override
    public void merge(Histogram other) {
      if (other.bins.areKnown()) {
        use(other.bins.sampler());
        histogram.add(other.histogram);
      }
    }

    @Override
    public Object result() {
      Object[] rows = new Object[bins.size()];
      double[] edges = bins.areKnown() ? bins.sampler().sampleTimes() : new double[0];
      for (int j = 0; j < rows.length; j++) {
        rows[j] =
            Values.row(
                new Object[] {
                  edges[j],
                  edges[j + 1],
                  nullIfNaN(histogram.rate(j)),
                  nullIfNaN(histogram.standardError(j))
                });
      }
      return Values.list(rows);
    }

    private static Object nullIfNaN(double value) {
      return Double.isNaN(value) ? null : (Object) value;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      bins.write(out);
      if (bins.areKnown()) {
        out.writeLong(histogram.events());
        Bins.write(out, histogram.sums());
        Bins.write(out, histogram.squares());
      }
    }
  }

  @Override
  public String name() {
    return "psth";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(Trains.TIMES, Trains.EVENT_TIME, SampleTimesArgument.PARAMETER);
  }

  @Override
  String returns() {
    return "Returns the peristimulus time histogram over the events of a group: for each bin its"
        + " start and stop in seconds relative to the event, the mean firing rate in spikes per"
        + " second, and the standard error of the mean.";
  }

  @Override
  String examples() {
    return """
        > SELECT inline(_FUNC_(array(0.1, 1.1, 1.4), event_time, array(0, 0.25, 0.5))) FROM VALUES (0), (1) AS events(event_time);
         0.0	0.25	4.0	0.0
         0.25	0.5	2.0	2.0
        """;
  }

  @Override
  String note() {
    return "A row of the group is a train and an event. Rows without a train or a time of the event"
        + " do not count. The standard error is over the rows, and null for a single one.";
  }

  @Override
  String group() {
    return "agg_funcs";
  }

  @Override
  public DataType type(DataType[] arguments) {
    return BINS;
  }

  @Override
  void check(List<SqlExpression> arguments) {
    SampleTimesArgument.check(name(), arguments.get(2));
  }

  @Override
  public Histogram empty() {
    return new Histogram(new Bins());
  }

  @Override
  public void add(Histogram tally, Object[] arguments) {
    if (arguments[2] == null) {
      return;
    }
    tally.use(sampleTimes.sampler(arguments[2]));
    if (arguments[0] != null && arguments[1] != null && !Double.isNaN((Double) arguments[1])) {
      tally.histogram.add(Trains.train(arguments[0]), (Double) arguments[1]);
    }
  }

  @Override
  public Histogram read(DataInput in) throws IOException {
    Bins bins = Bins.read(in);
    Histogram tally = new Histogram(bins);
    if (bins.areKnown()) {
      long events = in.readLong();
      tally.histogram =
          new PeristimulusTimeHistogram(
              bins.sampler(), events, bins.readLongs(in), bins.readLongs(in));
    }
    return tally;
  }
}
