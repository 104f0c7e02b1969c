package org.neuroglia.spark.trace;

import java.util.Arrays;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.ArrayFunctions;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.plan.Encoding;
import org.neuroglia.trace.TraceChunk;
import org.neuroglia.trace.TraceFilter;

/**
 * A stage that gives a trace another value at each of its times: traces (session, neuron, times,
 * values) to traces.
 *
 * <p>Every column is kept. The new values replace {@code valuesCol}, unless {@code outputCol} names
 * another column. Rows are filtered where they lie if each is a whole trace, or if the arithmetic
 * looks at each value by itself. Else the rows of a neuron are brought together: a filter that
 * reaches over a few samples then borrows them from the neighbouring chunks, and gives back the
 * chunks as they were; one that needs the whole trace gives back one row per neuron.
 *
 * @param <T> the stage, which the setters return
 */
public abstract class TraceTransformer<T extends TraceTransformer<T>> extends Transformer
    implements TraceColumns<T>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private static final String TRACES = "the traces";

  /** Column of the new values. Default: they replace the values. */
  public Param<String> outputCol() {
    return new Param<>(uid(), "outputCol", "column of the new values; unset, they replace the old");
  }

  public String getOutputCol() {
    return isSet(outputCol()) ? getOrDefault(outputCol()) : getValuesCol();
  }

  public T setOutputCol(String value) {
    return with(outputCol(), value);
  }

  /**
   * The arithmetic that the params ask for.
   *
   * @throws InvalidInputException if a param does not fit
   */
  public abstract TraceFilter filter();

  @Override
  public StructType transformSchema(StructType schema) {
    filter();
    Traces.requireTraces(schema, this);
    StructField values = Schemas.require(schema, getValuesCol(), TRACES);
    boolean whole = TraceMetadata.isWhole(values) || filter().reach() == TraceFilter.WHOLE;
    Metadata metadata = TraceMetadata.with(Metadata.empty(), whole); // the unit may be another
    StructField output =
        new StructField(
            replaces(values) ? values.name() : getOutputCol(), Encoding.DOUBLES, false, metadata);
    if (replaces(values)) {
      return new StructType(
          Arrays.stream(schema.fields())
              .map(field -> field.name().equals(values.name()) ? output : field)
              .toArray(StructField[]::new));
    }
    Schemas.requireAbsent(schema, getOutputCol(), TRACES, "outputCol");
    return schema.add(output);
  }

  private boolean replaces(StructField values) {
    return !isSet(outputCol())
        || Schemas.find(new StructType().add(values), getOutputCol()).isPresent();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    TraceFilter filter = filter();
    Traces traces = new Traces(dataset.toDF(), this);
    boolean inPlace = filter.reach() == 0 || traces.areWhole();
    if (!inPlace && filter.reach() != TraceFilter.WHOLE) {
      return ChunkFiltering.filter(filter, traces, schema, getOutputCol());
    }
    Traces filtered = inPlace ? traces : new Traces(traces.whole(), this);
    Column values =
        ArrayFunctions.ofTrace(
            getClass().getSimpleName(),
            (label, t, v) -> filtered(filter, label, t, v),
            filtered.label(),
            filtered.times(),
            filtered.values());
    return Schemas.described(filtered.rows().withColumn(getOutputCol(), values), schema);
  }

  /**
   * Filters one trace.
   *
   * @throws InvalidInputException if it cannot be filtered, naming the neuron
   */
  static double[] filtered(TraceFilter filter, String label, double[] times, double[] values) {
    try {
      TraceChunk<String> trace = new TraceChunk<>(label, times, values);
      return filter.apply(trace.times(), trace.values());
    } catch (InvalidInputException e) {
      throw inNeuron(label, e);
    }
  }

  /** The error, saying in which neuron. */
  static InvalidInputException inNeuron(String label, InvalidInputException error) {
    return new InvalidInputException("neuron " + label + ": " + error.getMessage(), error);
  }
}
