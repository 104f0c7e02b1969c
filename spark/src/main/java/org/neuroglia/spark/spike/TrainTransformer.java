package org.neuroglia.spark.spike;

import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.flatten;

import java.util.Arrays;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.event.SampleTimes;
import org.neuroglia.spark.ArrayFunctions;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.plan.Encoding;
import org.neuroglia.spark.trace.TraceColumns;
import org.neuroglia.spark.trace.TraceMetadata;

/**
 * A stage that makes traces of spikes: spikes in either shape, packed (a row or more per neuron) or
 * long (a row per spike), to traces (session, neuron, times, values), a row per neuron that the
 * spikes name. Other columns are dropped, and rows without a neuron.
 *
 * @param <T> the stage, which the setters return
 */
public abstract class TrainTransformer<T extends TrainTransformer<T>> extends Transformer
    implements TraceColumns<T>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** What the stage makes of a train, and the times at which it does. */
  protected record Sampler(double[] times, ArrayFunctions.OfArray values) {}

  /** Seconds, in the session's time. Required. */
  public DoubleArrayParam sampleTimes() {
    return new DoubleArrayParam(this, "sampleTimes", "in seconds, in the session's time");
  }

  public double[] getSampleTimes() {
    return get(sampleTimes()).isEmpty() ? new double[0] : getOrDefault(sampleTimes());
  }

  public T setSampleTimes(double[] value) {
    return with(sampleTimes(), SampleTimes.checkedFinite(value));
  }

  /**
   * The arithmetic that the params ask for.
   *
   * @throws org.neuroglia.InvalidInputException if a param is missing or does not fit
   */
  protected abstract Sampler sampler();

  @Override
  public StructType transformSchema(StructType spikes) {
    sampler();
    Trains.requireSpikes(spikes, this);
    ArrayType doubles = Encoding.DOUBLES;
    Sessions.column(spikes, getSessionCol());
    return SpikeTablizer.keys(spikes, this)
        .add(getTimesCol(), doubles, false)
        .add(new StructField(getValuesCol(), doubles, false, TraceMetadata.whole()));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> spikes) {
    StructType schema = transformSchema(spikes.schema());
    Sampler sampler = sampler();
    Column[] keys =
        Arrays.stream(SpikeTablizer.keys(spikes.schema(), this).fieldNames())
            .map(name -> col(Schemas.quoted(name)))
            .toArray(Column[]::new);
    Column train =
        Trains.arePacked(spikes.schema(), this)
            ? flatten(collect_list(col(Schemas.quoted(getTimesCol())).cast("array<double>")))
            : collect_list(col(Schemas.quoted(getTimeCol())).cast("double"));
    Column values =
        ArrayFunctions.ofArray(getClass().getSimpleName(), sampler.values(), array_compact(train));
    return Schemas.described(
        spikes
            .toDF()
            .where(col(Schemas.quoted(getNeuronCol())).isNotNull())
            .groupBy(keys)
            .agg(values.as(getValuesCol()))
            .withColumn(getTimesCol(), ArrayFunctions.constant(sampler.times())),
        schema);
  }
}
