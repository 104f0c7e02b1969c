package org.neuroglia.spark.decoding.session;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.tensor.TensorMetadata;

/**
 * The column of the responses that come with events.
 *
 * @param name of the column
 * @param isTensor whether it has a Matrix [sample time × neuron] and not a Vector [neuron]
 * @param neurons their names; empty where the column does not say them
 * @param sampleTimes of a tensor, in seconds around the event; empty where it does not say them
 */
public record ResponseColumn(
    String name, boolean isTensor, List<String> neurons, List<Double> sampleTimes) {
  private static final String FEATURES = "features";
  private static final String TENSOR = "tensor";

  /** Whether there are responses in a column of one of the usual names. */
  public static boolean isIn(StructType rows) {
    return Schemas.has(rows, FEATURES) || Schemas.has(rows, TENSOR);
  }

  /**
   * Finds the column.
   *
   * @param name of it; if empty, "features", or "tensor" where there is none
   * @throws InvalidInputException if there is none, or it is of another type
   */
  public static ResponseColumn of(StructType rows, Optional<String> name) {
    boolean tensorOnly = !Schemas.has(rows, FEATURES) && Schemas.has(rows, TENSOR);
    StructField field =
        Schemas.require(rows, name.orElse(tensorOnly ? TENSOR : FEATURES), "the responses");
    boolean isTensor = field.dataType().equals(SQLDataTypes.MatrixType());
    if (!isTensor && !field.dataType().equals(SQLDataTypes.VectorType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; a Vector or a Matrix is needed, as ResponseReducer or a"
                  + " sampler makes it",
              field.name(), field.dataType().simpleString()));
    }
    TensorMetadata axes = TensorMetadata.of(field.metadata());
    List<Double> times = isTensor ? Arrays.stream(axes.sampleTimes()).boxed().toList() : List.of();
    return new ResponseColumn(field.name(), isTensor, names(field, axes), times);
  }

  private static List<String> names(StructField field, TensorMetadata axes) {
    if (axes.neurons().length > 0 || !field.dataType().equals(SQLDataTypes.VectorType())) {
      return List.of(axes.neurons());
    }
    scala.Option<Attribute[]> attributes = AttributeGroup.fromStructField(field).attributes();
    if (attributes.isEmpty()
        || Arrays.stream(attributes.get()).anyMatch(attribute -> attribute.name().isEmpty())) {
      return List.of();
    }
    return Arrays.stream(attributes.get()).map(attribute -> attribute.name().get()).toList();
  }

  /** The first and the last sample time, or NaN where they are not known. */
  public double[] span() {
    return sampleTimes.isEmpty()
        ? new double[] {Double.NaN, Double.NaN}
        : new double[] {sampleTimes.get(0), sampleTimes.get(sampleTimes.size() - 1)};
  }

  /**
   * The samples at {@code start <= t < stop}.
   *
   * @throws InvalidInputException if there are none, or sample times are not known
   */
  public int[] samples(double start, double stop) {
    if (sampleTimes.isEmpty()) {
      throw new InvalidInputException(
          "column \"" + name + "\" does not say its sample times, so it has no windows");
    }
    int[] samples =
        IntStream.range(0, sampleTimes.size())
            .filter(i -> start <= sampleTimes.get(i) && sampleTimes.get(i) < stop)
            .toArray();
    if (samples.length == 0) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" has no sample from %s to %s s: its sample times are from %s to %s s",
              name, start, stop, span()[0], span()[1]));
    }
    return samples;
  }
}
