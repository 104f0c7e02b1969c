package org.neuroglia.spark.spike;

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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.RecordingColumns;
import org.neuroglia.spark.Schemas;

/**
 * Packed trains (session, neuron, times) to a table of spikes (session, neuron, time), a row per
 * spike, as neuroglia's {@code SpikeTablizer}. A silent neuron has no row. Other columns of the
 * trains are dropped. A DataFrame has no order: sort by time where neuroglia's table is read in
 * order. {@link SpikePacker} is the inverse.
 */
public final class SpikeTablizer extends Transformer
    implements RecordingColumns<SpikeTablizer>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  public SpikeTablizer() {
    this(Identifiable$.MODULE$.randomUID("SpikeTablizer"));
  }

  public SpikeTablizer(String uid) {
    this.uid = uid;
    setDefaultColumns();
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public StructType transformSchema(StructType trains) {
    StructType spikes = keys(trains, this);
    StructField times = Schemas.require(trains, getTimesCol(), "the trains");
    if (!(times.dataType() instanceof ArrayType)) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the trains is a %s; an array of seconds is needed",
              times.name(), times.dataType().simpleString()));
    }
    return spikes.add(getTimeCol(), DataTypes.DoubleType);
  }

  /** The columns session, where there is one, and neuron. */
  static StructType keys(StructType schema, RecordingColumns<?> columns) {
    StructType keys = new StructType();
    if (Schemas.has(schema, columns.getSessionCol())) {
      keys = keys.add(Schemas.require(schema, columns.getSessionCol(), "the spikes"));
    }
    return keys.add(Schemas.require(schema, columns.getNeuronCol(), "the spikes"));
  }

  @Override
  public Dataset<Row> transform(Dataset<?> trains) {
    transformSchema(trains.schema());
    List<Column> columns = new ArrayList<>();
    for (StructField key : keys(trains.schema(), this).fields()) {
      columns.add(col(Schemas.quoted(key.name())));
    }
    Column times = col(Schemas.quoted(getTimesCol())).cast("array<double>");
    columns.add(explode(times).as(getTimeCol()));
    return trains.select(columns.toArray(Column[]::new));
  }

  @Override
  public SpikeTablizer copy(ParamMap extra) {
    return copyValues(new SpikeTablizer(uid), extra);
  }

  public static MLReader<SpikeTablizer> read() {
    return new DefaultParamsReader<>();
  }

  public static SpikeTablizer load(String path) throws IOException {
    return read().load(path);
  }
}
