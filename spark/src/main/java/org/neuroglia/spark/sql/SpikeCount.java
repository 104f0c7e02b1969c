package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.epoch.EpochSpikeCounter;

/** {@code spike_count(times, start, stop)}: spikes in a window or an epoch. */
final class SpikeCount extends RowFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "spike_count";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Trains.TIMES,
        Parameter.of("start", Parameter.Kind.SECONDS, "the window's start in seconds, included"),
        Parameter.of("stop", Parameter.Kind.SECONDS, "its end in seconds, not included"));
  }

  @Override
  String returns() {
    return "Returns how many spikes of a train are in the window [start, stop).";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(array(0.1, 0.2, 0.5, 0.9), 0.2, 0.9);
         2
        """;
  }

  @Override
  String note() {
    return "The count of EpochSpikeCounter where stop is time + duration. A window whose stop is not"
        + " above its start has none.";
  }

  @Override
  String group() {
    return "array_funcs";
  }

  @Override
  public DataType type() {
    return DataTypes.LongType;
  }

  @Override
  public Object apply(Object[] arguments) {
    return (long)
        EpochSpikeCounter.count(
            Trains.train(arguments[0]), (Double) arguments[1], (Double) arguments[2]);
  }
}
