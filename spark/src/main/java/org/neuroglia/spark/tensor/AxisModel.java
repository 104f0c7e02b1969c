package org.neuroglia.spark.tensor;

import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.SavedModel;

/**
 * A model that knows the neurons of each session, and is saved with them.
 *
 * @param <M> the model
 */
public abstract class AxisModel<M extends AxisModel<M>> extends Model<M> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private static final StructType SAVED =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("neurons", DataTypes.createArrayType(DataTypes.StringType));

  private final String uid;
  private final NeuronAxis neurons;

  protected AxisModel(String uid, NeuronAxis neurons) {
    this.uid = uid;
    this.neurons = neurons;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The neurons of each session, in the order of the axis. */
  public NeuronAxis neurons() {
    return neurons;
  }

  @Override
  public MLWriter write() {
    List<Row> rows =
        neurons.labels().entrySet().stream()
            .map(session -> RowFactory.create(session.getKey(), session.getValue()))
            .toList();
    return SavedModel.writer(this, SAVED, rows);
  }

  /** Reads what {@link #write} wrote; the params are set after {@code make}. */
  public static <T extends Params> MLReader<T> reader(
      Class<T> type, BiFunction<String, NeuronAxis, T> make) {
    return SavedModel.reader(
        type,
        SAVED,
        (uid, rows) -> {
          TreeMap<String, String[]> labels = new TreeMap<>();
          rows.forEach(row -> labels.put(row.getString(0), SavedModel.strings(row, "neurons")));
          return make.apply(uid, new NeuronAxis(labels));
        });
  }
}
