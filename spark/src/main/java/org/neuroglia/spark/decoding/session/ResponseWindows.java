package org.neuroglia.spark.decoding.session;

import static org.apache.spark.sql.functions.udf;

import java.nio.ByteBuffer;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.neuroglia.InvalidInputException;
import org.neuroglia.tensor.ResponseReducer;

/**
 * Makes bytes of the responses to an event, [window × neuron] in eight bytes each. The samples of a
 * tensor that lie in a window become one number per neuron, as {@link ResponseReducer} does it.
 */
final class ResponseWindows implements UDF1<Object, byte[]> {
  private static final long serialVersionUID = 1L;

  /** The samples of each window; a window with none has all samples of the tensor. */
  private final int[][] samples;

  private final String reduce;

  ResponseWindows(int[][] samples, String reduce) {
    this.samples = samples;
    this.reduce = reduce;
  }

  int number() {
    return samples.length;
  }

  /**
   * @param responses vectors [neuron], or matrices [sample time × neuron]
   */
  Column column(Column responses) {
    return udf(this, DataTypes.BinaryType).apply(responses);
  }

  @Override
  public byte[] call(Object responses) {
    if (responses == null) {
      return null; // null, as Spark has it: refused where the event is read, by its number
    }
    return responses instanceof Vector vector
        ? bytes(vector.toArray())
        : bytes(reduced((Matrix) responses));
  }

  private double[] reduced(Matrix tensor) {
    ResponseReducer reducer = new ResponseReducer(reduce);
    double[] cells = tensor.toArray();
    int times = tensor.numRows();
    int neurons = tensor.numCols();
    double[] values = new double[Math.multiplyExact(samples.length, neurons)];
    for (int w = 0; w < samples.length; w++) {
      int[] window = samples[w];
      double[] line = new double[window.length == 0 ? times : window.length];
      if (window.length > 0 && window[window.length - 1] >= times) {
        throw new InvalidInputException(
            "a tensor has " + times + " samples, fewer than its column's metadata say");
      }
      for (int j = 0; j < neurons; j++) {
        for (int i = 0; i < line.length; i++) {
          line[i] = cells[j * times + (window.length == 0 ? i : window[i])];
        }
        values[w * neurons + j] = reducer.reduce(line);
      }
    }
    return values;
  }

  private static byte[] bytes(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES));
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }
}
