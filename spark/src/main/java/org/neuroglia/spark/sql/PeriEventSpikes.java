package org.neuroglia.spark.sql;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.neuroglia.AscendingTimes;
import org.neuroglia.spark.plan.Encoding;
import org.neuroglia.spark.plan.Values;

/** {@code peri_event_spikes(times, event_time, start, stop)}: a row of a raster. */
final class PeriEventSpikes extends RowFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "peri_event_spikes";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Trains.TIMES,
        Trains.EVENT_TIME,
        Parameter.of(
            "start", Parameter.Kind.SECONDS, "seconds from the event, included; may be negative"),
        Parameter.of("stop", Parameter.Kind.SECONDS, "seconds from the event, not included"));
  }

  @Override
  String returns() {
    return "Returns the times of the spikes in [event_time + start, event_time + stop) relative to"
        + " the event, in seconds: a row of a raster.";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(array(0.5, 0.75, 1.25, 1.5), 1, -0.25, 0.5);
         [-0.25,0.25]
        """;
  }

  @Override
  String group() {
    return "array_funcs";
  }

  @Override
  public DataType type() {
    return Encoding.DOUBLES;
  }

  @Override
  public Object apply(Object[] arguments) {
    double[] train = Trains.train(arguments[0]);
    double event = (Double) arguments[1];
    double start = (Double) arguments[2] + event;
    double stop = (Double) arguments[3] + event;
    int from = start < stop ? AscendingTimes.firstAtOrAfter(train, 0, start) : 0;
    int to = start < stop ? AscendingTimes.firstAtOrAfter(train, from, stop) : 0;
    double[] relative = Arrays.copyOfRange(train, from, to);
    for (int i = 0; i < relative.length; i++) {
      relative[i] -= event;
    }
    return Values.array(relative);
  }
}
