package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.plan.Encoding;
import org.neuroglia.spark.plan.Values;

/**
 * {@code arange(start, stop, step)}: evenly spaced edges of bins, which {@code sequence} cannot.
 */
final class Arange extends RowFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "arange";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Parameter.of("start", Parameter.Kind.SECONDS, "the first value"),
        Parameter.of("stop", Parameter.Kind.SECONDS, "no value is meant to reach it"),
        Parameter.of("step", Parameter.Kind.SECONDS, "from value to value; above 0"));
  }

  @Override
  String returns() {
    return "Returns an array of evenly spaced numbers, the doubles of numpy's arange.";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(0, 0.3, 0.1);
         [0.0,0.1,0.2]
        """;
  }

  @Override
  String note() {
    return "For edges of bins give one step beyond the last edge: bins of 0.1 s from 0 to 0.5 s are"
        + " arange(0, 0.6, 0.1).";
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
    return Values.array(
        SampleTimes.arange((Double) arguments[0], (Double) arguments[1], (Double) arguments[2]));
  }
}
