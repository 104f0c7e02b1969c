package org.neuroglia.spark.spike;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;

import java.io.IOException;
import java.util.Arrays;
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
import org.neuroglia.spark.RecordingColumns;
import org.neuroglia.spark.Schemas;

/**
 * A table of spikes (session, neuron, time) to packed trains (session, neuron, times), a row per
 * neuron, times ascending and NaN last: the inverse of {@link SpikeTablizer}. Spikes without a time
 * (null) are dropped; neurons without a row cannot come back.
 */
public final class SpikePacker extends Transformer
    implements RecordingColumns<SpikePacker>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public SpikePacker() {
    this(Identifiable$.MODULE$.randomUID("SpikePacker"));
  }

  public SpikePacker(String uid) {
    this.uid = uid;
    setDefaultColumns();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType spikes) {
    Schemas.requireNumber(spikes, getTimeCol(), "the spikes");
    return SpikeTablizer.keys(spikes, this)
        .add(getTimesCol(), DataTypes.createArrayType(DataTypes.DoubleType, false), false);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> spikes) {
    transformSchema(spikes.schema());
    Column[] keys =
        Arrays.stream(SpikeTablizer.keys(spikes.schema(), this).fieldNames())
            .map(name -> col(Schemas.quoted(name)))
            .toArray(Column[]::new);
    Column time = col(Schemas.quoted(getTimeCol())).cast("double");
    return spikes.toDF().groupBy(keys).agg(sort_array(collect_list(time)).as(getTimesCol()));
  }

  @Override
  public SpikePacker copy(ParamMap extra) {
    return copyValues(new SpikePacker(uid), extra);
  }

  public static MLReader<SpikePacker> read() {
    return new DefaultParamsReader<>();
  }

  public static SpikePacker load(String path) throws IOException {
    return read().load(path);
  }
}
