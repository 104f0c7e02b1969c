package org.neuroglia.spark.sql;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.neuroglia.spark.plan.Encoding;
import org.neuroglia.spark.plan.Tally;
import org.neuroglia.spark.plan.Values;

/** {@code pack_spikes(time)}: long spikes to a packed train. */
final class PackSpikes extends AggregateFunction<PackSpikes.Train> {
  private static final long serialVersionUID = 1L;

  static final class Train implements Tally<Train> {
    private double[] times = new double[16];
    private int size;

    private void add(double time) {
      reserve(1);
      times[size++] = time;
    }

    private void reserve(int more) {
      int needed = Math.addExact(size, more);
      if (needed > times.length) {
        times = Arrays.copyOf(times, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * needed));
      }
    }

    @Override
    public void merge(Train other) {
      reserve(other.size);
      System.arraycopy(other.times, 0, times, size, other.size);
      size += other.size;
    }

    @Override
    public Object result() {
      Arrays.sort(times, 0, size); // NaN last
      return Values.array(Arrays.copyOf(times, size));
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeInt(size);
      for (int i = 0; i < size; i++) {
        out.writeDouble(times[i]);
      }
    }
  }

  @Override
  public String name() {
    return "pack_spikes";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(Parameter.of("time", Parameter.Kind.SECONDS, "the time of a spike in seconds"));
  }

  @Override
  String returns() {
    return "Returns the spikes of a group as a packed train, ascending; those without a time are"
        + " left out.";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(time) FROM VALUES (0.5), (0.25), (NULL) AS spikes(time);
         [0.25,0.5]
        """;
  }

  @Override
  String note() {
    return "As SpikePacker. The other way is explode(times).";
  }

  @Override
  String group() {
    return "agg_funcs";
  }

  @Override
  public DataType type(DataType[] arguments) {
    return Encoding.DOUBLES;
  }

  @Override
  public Train empty() {
    return new Train();
  }

  @Override
  public void add(Train tally, Object[] arguments) {
    if (arguments[0] != null) {
      tally.add((Double) arguments[0]);
    }
  }

  @Override
  public Train read(DataInput in) throws IOException {
    Train train = new Train();
    int size = in.readInt();
    train.reserve(size);
    for (int i = 0; i < size; i++) {
      train.add(in.readDouble());
    }
    return train;
  }
}
