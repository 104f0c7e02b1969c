package org.neuroglia.spark.event.exec;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.neuroglia.spark.spike.Trains;

/**
 * Where rows of spikes have what.
 *
 * @param session position of the session, a string; −1 if there is none
 * @param neuron position of the neuron
 * @param neuronType a string or an integer
 * @param time position of the times, an array of doubles, or of the time, a double; −1 where only
 *     neurons are asked for
 * @param packed whether a row is a train, not a spike
 */
public record SpikeColumns(int session, int neuron, DataType neuronType, int time, boolean packed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @param rows the schema of {@link Trains#rows}
   */
  public static SpikeColumns of(Trains trains, StructType rows) {
    int[] positions = trains.positions();
    return new SpikeColumns(
        positions.length > 2 ? positions[2] : -1,
        positions[0],
        rows.apply(positions[0]).dataType(),
        positions[1],
        rows.apply(positions[1]).dataType() instanceof ArrayType);
  }

  /** The same of rows that have no time. */
  public SpikeColumns withoutTime() {
    return new SpikeColumns(
        session > time ? session - 1 : session,
        neuron > time ? neuron - 1 : neuron,
        neuronType,
        -1,
        packed);
  }

  boolean hasTime() {
    return time >= 0;
  }

  boolean hasSession() {
    return session >= 0;
  }

  boolean hasIntegerNeurons() {
    return neuronType instanceof LongType
        || neuronType instanceof IntegerType
        || neuronType instanceof ShortType
        || neuronType instanceof ByteType;
  }

  /** The neuron, which is not null, as the axis names it. */
  String label(InternalRow row) {
    return hasIntegerNeurons() ? Long.toString(number(row)) : row.getUTF8String(neuron).toString();
  }

  /** The number of an integer neuron, in a column of a batch. */
  long number(ColumnVector neurons, int row) {
    if (neuronType instanceof LongType) {
      return neurons.getLong(row);
    }
    if (neuronType instanceof IntegerType) {
      return neurons.getInt(row);
    }
    return neuronType instanceof ShortType ? neurons.getShort(row) : neurons.getByte(row);
  }

  /** The number of an integer neuron. */
  long number(InternalRow row) {
    if (neuronType instanceof LongType) {
      return row.getLong(neuron);
    }
    if (neuronType instanceof IntegerType) {
      return row.getInt(neuron);
    }
    return neuronType instanceof ShortType ? row.getShort(neuron) : row.getByte(neuron);
  }
}
