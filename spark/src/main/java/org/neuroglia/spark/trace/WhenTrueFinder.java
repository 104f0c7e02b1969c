package org.neuroglia.spark.trace;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.ArrayFunctions;
import org.neuroglia.spark.Schemas;

/**
 * Finds when traces are above 0: traces to a table of spikes (session, neuron, time), a row per
 * sample, neuroglia's {@code WhenTrueFinder}. Its documentation says non-negative, and it finds
 * positive values; so does this. NaN is not above 0. A DataFrame has no order: sort by time where
 * neuroglia's table is read in order. {@link org.neuroglia.spark.spike.SpikePacker} makes trains of
 * it.
 */
public final class WhenTrueFinder extends Transformer
    implements TraceColumns<WhenTrueFinder>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public WhenTrueFinder() {
    this(Identifiable$.MODULE$.randomUID("WhenTrueFinder"));
  }

  public WhenTrueFinder(String uid) {
    this.uid = uid;
    setDefaultTraceColumns();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType traces) {
    Traces.requireTraces(traces, this);
    StructType spikes = new StructType();
    if (Schemas.has(traces, getSessionCol())) {
      spikes = spikes.add(Schemas.require(traces, getSessionCol(), "the traces"));
    }
    return spikes
        .add(Schemas.require(traces, getNeuronCol(), "the traces"))
        .add(getTimeCol(), DataTypes.DoubleType, false);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    Traces traces = new Traces(dataset.toDF(), this);
    var arithmetic = new org.neuroglia.trace.WhenTrueFinder();
    Column found =
        ArrayFunctions.ofTrace(
            "WhenTrueFinder",
            (label, times, values) ->
                TraceTransformer.filtered(arithmetic::transform, label, times, values),
            traces.label(),
            traces.times(),
            traces.values());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < schema.size() - 1; i++) {
      columns.add(col(Schemas.quoted(schema.fields()[i].name())));
    }
    columns.add(explode(found).as(getTimeCol()));
    return traces.rows().select(columns.toArray(Column[]::new));
  }

  @Override
  public WhenTrueFinder copy(ParamMap extra) {
    return copyValues(new WhenTrueFinder(uid), extra);
  }

  public static MLReader<WhenTrueFinder> read() {
    return new DefaultParamsReader<>();
  }

  public static WhenTrueFinder load(String path) throws IOException {
    return read().load(path);
  }
}
