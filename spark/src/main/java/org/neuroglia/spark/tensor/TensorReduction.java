package org.neuroglia.spark.tensor;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.neuroglia.spark.plan.ScalaFunction;
import scala.runtime.AbstractFunction1;

/** Reduces a Matrix [sample_times × neuron] along one of its dimensions: a column function. */
public final class TensorReduction extends AbstractFunction1<Matrix, Vector>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String func;
  private final boolean overTimes;

  /**
   * @param func a name that {@link org.neuroglia.tensor.ResponseReducer} knows
   * @param overTimes whether a neuron keeps a value (true) or a sample time
   */
  TensorReduction(String func, boolean overTimes) {
    this.func = func;
    this.overTimes = overTimes;
  }

  public String func() {
    return func;
  }

  public boolean overTimes() {
    return overTimes;
  }

  /** The reduced column of a column of tensors. */
  Column column(Column tensor, boolean nullable) {
    return ScalaFunction.of(
            "ResponseReducer(" + func + ")",
            this,
            SQLDataTypes.VectorType(),
            List.of(),
            Optional.empty(),
            nullable)
        .apply(tensor);
  }

  @Override
  public Vector apply(Matrix tensor) {
    return tensor == null ? null : Vectors.dense(reduced(tensor));
  }

  /** A value per column of the matrix, or per row. */
  private double[] reduced(Matrix matrix) {
    var reducer = new org.neuroglia.tensor.ResponseReducer(func);
    double[] values = matrix.toArray();
    int rows = matrix.numRows();
    int columns = matrix.numCols();
    double[] result = new double[overTimes ? columns : rows];
    double[] line = new double[overTimes ? rows : columns];
    for (int r = 0; r < result.length; r++) {
      for (int i = 0; i < line.length; i++) {
        line[i] = overTimes ? values[r * rows + i] : values[i * rows + r];
      }
      result[r] = reducer.reduce(line);
    }
    return result;
  }
}
