package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.decoding.decoder.KNeighborsClassifier.Weights;
import org.neuroglia.decoding.decoder.NearestNeighborsModel;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.spark.SavedModel;

/** The training rows of a {@link KNeighborsClassifier}. */
public final class KNeighborsClassifierModel
    extends FittedDecoder<KNeighborsClassifierModel, NearestNeighborsModel>
    implements KNeighborsParams<KNeighborsClassifierModel> {
  private static final long serialVersionUID = 1L;

  /** Numbers of the training events in the decoder's order, or empty. */
  private final long[] numbers;

  /** Not fitted; ServiceLoader, by which Spark Connect finds stages, asks for it. */
  public KNeighborsClassifierModel() {
    this("", null, new long[0]);
  }

  KNeighborsClassifierModel(String uid, Content<NearestNeighborsModel> content, long[] numbers) {
    super(uid, content);
    this.numbers = numbers;
  }

  @Override
  String stage() {
    return KNeighborsClassifier.NAME;
  }

  @Override
  KNeighborsClassifierModel again(String uid, Content<NearestNeighborsModel> content) {
    return new KNeighborsClassifierModel(uid, content, numbers);
  }

  @Override
  NearestNeighborsModel scorer() {
    return decoder().with(settings());
  }

  /** Number of training rows. */
  public int trainedRows() {
    return decoder().trained();
  }

  private static final DataType LONGS = DataTypes.createArrayType(DataTypes.LongType, false);

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> decoded = super.transform(dataset);
    NearestNeighborsModel scorer = scorer();
    if (!getNeighborsCol().isEmpty()) {
      long[] names = numbers;
      decoded =
          decoded.withColumn(
              getNeighborsCol(),
              ofRow(
                      scorer,
                      (d, row) ->
                          IntStream.of(d.neighbors(row).indices())
                              .mapToLong(i -> names.length == 0 ? i : names[i])
                              .toArray(),
                      LONGS)
                  .apply(features()));
    }
    if (!getDistancesCol().isEmpty()) {
      decoded =
          decoded.withColumn(
              getDistancesCol(),
              ofRow(scorer, (d, row) -> d.neighbors(row).distances(), DOUBLES).apply(features()));
    }
    return decoded;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    scorer();
    return withNeighbors(super.transformSchema(schema), this);
  }

  /** The schema with the columns of the neighbours, if there are to be any. */
  static StructType withNeighbors(StructType schema, KNeighborsParams<?> columns) {
    StructType result =
        added(schema, columns.getNeighborsCol(), LONGS, Metadata.empty(), "neighborsCol");
    return added(result, columns.getDistancesCol(), DOUBLES, Metadata.empty(), "distancesCol");
  }

  private static final String TRAINED = "trained";
  private static final StructType TRAINED_ROWS =
      new StructType()
          .add("place", DataTypes.IntegerType)
          .add("event", DataTypes.LongType)
          .add("class", DataTypes.IntegerType)
          .add("features", DOUBLES);

  @Override
  public MLWriter write() {
    NearestNeighborsModel fitted = decoder();
    List<Row> trained = new ArrayList<>(trainedRows());
    for (int i = 0; i < trainedRows(); i++) {
      double[] features = new double[numFeatures()];
      for (int j = 0; j < features.length; j++) {
        features[j] = fitted.columns()[j * trainedRows() + i];
      }
      Long event = numbers.length == 0 ? null : (Long) numbers[i];
      trained.add(RowFactory.create(i, event, fitted.y()[i], features));
    }
    return SavedModel.writer(
        this,
        List.of(
            new SavedModel.Table(
                SavedModel.DATA, saved(), List.of(RowFactory.create(savedValues()))),
            new SavedModel.Table(TRAINED, TRAINED_ROWS, trained)));
  }

  public static MLReader<KNeighborsClassifierModel> read() {
    return SavedModel.reader(
        KNeighborsClassifierModel.class,
        Map.of(SavedModel.DATA, saved(), TRAINED, TRAINED_ROWS),
        KNeighborsClassifierModel::saved);
  }

  private static KNeighborsClassifierModel saved(String uid, Map<String, List<Row>> tables) {
    List<Row> rows = new ArrayList<>(tables.get(TRAINED));
    rows.sort(Comparator.comparingInt(row -> row.getInt(0)));
    boolean numbered = !rows.get(0).isNullAt(1);
    long[] numbers =
        numbered ? rows.stream().mapToLong(row -> row.getLong(1)).toArray() : new long[0];
    return new KNeighborsClassifierModel(
        uid,
        loaded(tables.get(SavedModel.DATA).get(0), (row, classes) -> trained(rows, classes)),
        numbers);
  }

  /** The params of the stage say how its neighbours vote: {@link #scorer}. */
  private static NearestNeighborsModel trained(List<Row> rows, ClassLabels classes) {
    Responses responses =
        Responses.of(
            rows.stream().map(row -> SavedModel.doubles(row, "features")).toArray(double[][]::new));
    int[] y = rows.stream().mapToInt(row -> row.getInt(2)).toArray();
    return new org.neuroglia.decoding.decoder.KNeighborsClassifier(1, Weights.UNIFORM, 2)
        .fit(responses, y, classes.size());
  }

  public static KNeighborsClassifierModel load(String path) {
    return read().load(path);
  }
}
