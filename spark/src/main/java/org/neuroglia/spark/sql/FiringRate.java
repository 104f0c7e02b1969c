package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.epoch.EpochSpikeCounter;

/** {@code firing_rate(times, start, stop)}: spikes per second in an epoch. */
final class FiringRate extends RowFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "firing_rate";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Trains.TIMES,
        Parameter.of("start", Parameter.Kind.SECONDS, "the epoch's start in seconds, included"),
        Parameter.of("stop", Parameter.Kind.SECONDS, "its end in seconds, not included"));
  }

  @Override
  String returns() {
    return "Returns the mean firing rate of a train in the epoch [start, stop), in spikes per"
        + " second.";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(array(0.1, 0.2, 0.5, 0.9), 0, 0.5);
         4.0
        """;
  }

  @Override
  String note() {
    return "The rate of EpochSpikeCounter where stop is time + duration. An epoch whose stop is not"
        + " above its start has none: null.";
  }

  @Override
  String group() {
    return "array_funcs";
  }

  @Override
  public DataType type() {
    return DataTypes.DoubleType;
  }

  @Override
  public Object apply(Object[] arguments) {
    double start = (Double) arguments[1];
    double stop = (Double) arguments[2];
    return start < stop
        ? EpochSpikeCounter.count(Trains.train(arguments[0]), start, stop) / (stop - start)
        : null;
  }
}
