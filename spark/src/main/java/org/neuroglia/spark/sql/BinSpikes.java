package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.spark.plan.SqlExpression;
import org.neuroglia.spark.plan.Values;

/**
 * {@code bin_spikes(times, event_time, sample_times)}: counts of a packed train around an event.
 */
final class BinSpikes extends RowFunction {
  private static final long serialVersionUID = 1L;

  private final SampleTimesArgument sampleTimes = new SampleTimesArgument();

  @Override
  public String name() {
    return "bin_spikes";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(Trains.TIMES, Trains.EVENT_TIME, SampleTimesArgument.PARAMETER);
  }

  @Override
  String returns() {
    return "Returns how many spikes of a train are in each bin around an event, an array [bins].";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(array(0.5, 1.0, 1.25, 1.5), 1, array(0, 0.25, 0.5));
         [1,2]
        """;
  }

  @Override
  String note() {
    return "The counts of PeriEventSpikeSampler. For the bins of a whole recording the event is 0.";
  }

  @Override
  String group() {
    return "array_funcs";
  }

  @Override
  public DataType type() {
    return DataTypes.createArrayType(DataTypes.LongType, false);
  }

  @Override
  void check(List<SqlExpression> arguments) {
    SampleTimesArgument.check(name(), arguments.get(2));
  }

  @Override
  public Object apply(Object[] arguments) {
    return Values.array(
        Trains.counts(
            sampleTimes.sampler(arguments[2]), Trains.train(arguments[0]), (Double) arguments[1]));
  }
}
