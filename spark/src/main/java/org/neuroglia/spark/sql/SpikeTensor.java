package org.neuroglia.spark.sql;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.plan.SqlExpression;
import org.neuroglia.spark.plan.Tally;
import org.neuroglia.spark.plan.Values;

/** {@code spike_tensor(neuron, times, event_time, sample_times)}: the counts of an event. */
final class SpikeTensor extends AggregateFunction<SpikeTensor.Counts> {
  private static final long serialVersionUID = 1L;

  /** In place of the length of a name. */
  private static final int INTEGER = -1;

  private final SampleTimesArgument sampleTimes = new SampleTimesArgument();

  static final class Counts implements Tally<Counts> {
    private final Bins bins;

    /** Of each neuron, a {@code Long} or a {@code UTF8String}, its count in each bin. */
    private final TreeMap<Object, long[]> neurons = new TreeMap<>(SpikeTensor::compare);

    Counts(Bins bins) {
      this.bins = bins;
    }

    private void put(Object neuron, long[] counts) {
      if (neurons.putIfAbsent(neuron, counts) != null) {
        throw new InvalidInputException(
            "was given neuron "
                + neuron
                + " twice in one group; group by the session and the event, and join a train once");
      }
    }

    @Override
    public void merge(Counts other) {
      if (other.bins.areKnown()) {
        bins.set(other.bins.sampler());
        other.neurons.forEach(this::put);
      }
    }

    @Override
    public Object result() {
      Object[] axis = new Object[neurons.size()];
      int[][] counts = new int[bins.size()][axis.length];
      int k = 0;
      for (Map.Entry<Object, long[]> neuron : neurons.entrySet()) {
        axis[k] = neuron.getKey();
        for (int j = 0; j < counts.length; j++) {
          counts[j][k] = (int) neuron.getValue()[j];
        }
        k++;
      }
      Object[] rows = new Object[counts.length];
      for (int j = 0; j < rows.length; j++) {
        rows[j] = Values.array(counts[j]);
      }
      return Values.row(new Object[] {Values.list(axis), Values.list(rows)});
    }

    @Override
    public void write(DataOutput out) throws IOException {
      bins.write(out);
      out.writeInt(neurons.size());
      for (Map.Entry<Object, long[]> neuron : neurons.entrySet()) {
        if (neuron.getKey() instanceof UTF8String name) {
          byte[] bytes = name.getBytes();
          out.writeInt(bytes.length);
          out.write(bytes);
        } else {
          out.writeInt(INTEGER);
          out.writeLong((Long) neuron.getKey());
        }
        Bins.write(out, neuron.getValue());
      }
    }
  }

  /** Integers by value and strings by code point, as on the neuron axis of the stages. */
  private static int compare(Object a, Object b) {
    return a instanceof UTF8String name
        ? name.binaryCompare((UTF8String) b)
        : Long.compare((Long) a, (Long) b);
  }

  @Override
  public String name() {
    return "spike_tensor";
  }

  @Override
  List<Parameter> parameters() {
    return List.of(
        Parameter.of("neuron", Parameter.Kind.NEURON, "what names the train, once in a group"),
        Trains.TIMES,
        Trains.EVENT_TIME,
        SampleTimesArgument.PARAMETER);
  }

  @Override
  String returns() {
    return "Returns how many spikes each neuron has in each bin around the event of a group: the"
        + " neurons, sorted, and counts, an array [bins][neurons].";
  }

  @Override
  String examples() {
    return """
        > SELECT _FUNC_(neuron, times, 1, array(0, 0.25, 0.5)) FROM VALUES (7, array(1.0, 1.4)), (3, array(1.3)) AS units(neuron, times);
         {"neurons":[3,7],"counts":[[0,1],[1,1]]}
        """;
  }

  @Override
  String note() {
    return "A row of the group is a neuron. The tensor row of PeriEventSpikeSampler, which needs no"
        + " join and is faster for whole sessions. An event without a time has zeros.";
  }

  @Override
  String group() {
    return "agg_funcs";
  }

  @Override
  public DataType type(DataType[] arguments) {
    return new StructType()
        .add("neurons", DataTypes.createArrayType(arguments[0], false), false)
        .add(
            "counts",
            DataTypes.createArrayType(
                DataTypes.createArrayType(DataTypes.IntegerType, false), false),
            false);
  }

  @Override
  void check(List<SqlExpression> arguments) {
    SampleTimesArgument.check(name(), arguments.get(3));
  }

  @Override
  public Counts empty() {
    return new Counts(new Bins());
  }

  @Override
  public void add(Counts tally, Object[] arguments) {
    if (arguments[3] == null) {
      return;
    }
    tally.bins.set(sampleTimes.sampler(arguments[3]));
    if (arguments[0] != null && arguments[1] != null) {
      tally.put(
          arguments[0] instanceof UTF8String name ? name.copy() : arguments[0],
          Trains.counts(
              tally.bins.sampler(),
              Trains.train(arguments[1]),
              arguments[2] == null ? Double.NaN : (Double) arguments[2]));
    }
  }

  @Override
  public Counts read(DataInput in) throws IOException {
    Counts tally = new Counts(Bins.read(in));
    int neurons = in.readInt();
    for (int k = 0; k < neurons; k++) {
      int length = in.readInt();
      Object neuron;
      if (length == INTEGER) {
        neuron = in.readLong();
      } else {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        neuron = UTF8String.fromBytes(bytes);
      }
      tally.put(neuron, tally.bins.readLongs(in));
    }
    return tally;
  }
}
