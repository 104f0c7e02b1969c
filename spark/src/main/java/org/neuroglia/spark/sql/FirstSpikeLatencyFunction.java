package org.neuroglia.spark.sql;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.event.FirstSpikeLatency;

/** {@code first_spike_latency(times, event_time[, longest])}. */
final class FirstSpikeLatencyFunction extends RowFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "first_spike_latency";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Trains.TIMES,
        Trains.EVENT_TIME,
        new Parameter(
            "longest",
            Parameter.Kind.SECONDS,
            true,
            "seconds within which the spike must be, not included; any later spike if left out"));
  }

  @Override
  String returns() {
    return "Returns the time from an event to the first spike at it or after it, in seconds; null if"
        + " there is none.";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(array(0.5, 1.25, 1.5), 1);
         0.25
        > SELECT _FUNC_(array(0.5, 1.25, 1.5), 1, 0.2);
         NULL
        """;
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
    OptionalDouble latency =
        FirstSpikeLatency.of(
            Trains.train(arguments[0]),
            (Double) arguments[1],
            arguments.length > 2 ? (Double) arguments[2] : Double.POSITIVE_INFINITY);
    return latency.isPresent() ? (Object) latency.getAsDouble() : null;
  }
}
