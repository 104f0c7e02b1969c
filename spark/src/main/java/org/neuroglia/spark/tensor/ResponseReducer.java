package org.neuroglia.spark.tensor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.RecordingColumns;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;

/**
 * Reduces a tensor [event × sample_times × neuron] along one of its dimensions, as neuroglia's
 * {@code ResponseReducer(func, dim)}.
 *
 * <table>
 * <caption>What comes out</caption>
 * <tr><th>dim</th><th>rows</th><th>column</th></tr>
 * <tr><td>sample_times</td><td>the same</td><td>{@code features}, a Vector [neuron]</td></tr>
 * <tr><td>neuron</td><td>the same</td><td>{@code features}, a Vector [sample_times]</td></tr>
 * <tr><td>event</td><td>one per session</td><td>{@code tensor}, a Matrix [sample_times × neuron]</td></tr>
 * </table>
 *
 * <p>{@code func} is the name of a numpy function or a user's own class: see {@link
 * org.neuroglia.tensor.ResponseReducer}. Over {@code event}, the events of a session are reduced in
 * the order of their numbers, so that the result does not depend on partitions; columns other than
 * the session are dropped.
 */
public final class ResponseReducer extends Transformer
    implements RecordingColumns<ResponseReducer>,
        ReductionParams<ResponseReducer>,
        DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final List<String> DIMS = List.of("event", "sample_times", "neuron");

  private final String uid;

  public ResponseReducer() {
    this(Identifiable$.MODULE$.randomUID("ResponseReducer"));
  }

  public ResponseReducer(String uid) {
    this.uid = uid;
    setDefaultColumns();
    setDefault(func(), "mean");
    setDefault(dim(), "sample_times");
    setDefault(inputCol(), "tensor");
    setDefault(severalSessions(), false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The dimension to reduce: "sample_times", "neuron" or "event". Default "sample_times". */
  public Param<String> dim() {
    return new Param<>(uid(), "dim", "dimension to reduce: " + DIMS);
  }

  /** Column of the tensor. Default "tensor". */
  public Param<String> inputCol() {
    return new Param<>(uid(), "inputCol", "column of the tensor");
  }

  /** Column of the result. Default "features", or "tensor" where events are reduced. */
  public Param<String> outputCol() {
    return new Param<>(uid(), "outputCol", "column of the result");
  }

  /**
   * Whether rows of sessions with different neurons are reduced too, each to a Vector of its own
   * neurons, which {@code PopulationDecoding} takes and no classifier can. Default false.
   */
  public BooleanParam severalSessions() {
    return new BooleanParam(
        uid(), "severalSessions", "whether to take sessions with different neurons");
  }

  public String getDim() {
    return getOrDefault(dim());
  }

  public String getInputCol() {
    return getOrDefault(inputCol());
  }

  public String getOutputCol() {
    if (isSet(outputCol())) {
      return getOrDefault(outputCol());
    }
    return getDim().equals("event") ? "tensor" : "features";
  }

  public boolean getSeveralSessions() {
    return (Boolean) getOrDefault(severalSessions());
  }

  public ResponseReducer setSeveralSessions(boolean value) {
    return with(severalSessions(), value);
  }

  public ResponseReducer setDim(String value) {
    return with(dim(), value);
  }

  public ResponseReducer setInputCol(String value) {
    return with(inputCol(), value);
  }

  public ResponseReducer setOutputCol(String value) {
    return with(outputCol(), value);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    new org.neuroglia.tensor.ResponseReducer(getFunc());
    if (!DIMS.contains(getDim())) {
      throw new InvalidInputException(
          String.format("dim is \"%s\"; the dimensions of a tensor are %s", getDim(), DIMS));
    }
    StructField tensor = Schemas.require(schema, getInputCol(), "the rows");
    if (!tensor.dataType().equals(SQLDataTypes.MatrixType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; a Matrix is needed, as PeriEventSpikeSampler makes it",
              tensor.name(), tensor.dataType().simpleString()));
    }
    TensorMetadata axes = TensorMetadata.of(tensor.metadata());
    if (getDim().equals("event")) {
      StructType reduced = new StructType();
      if (Schemas.has(schema, getSessionCol())) {
        reduced = reduced.add(Schemas.require(schema, getSessionCol(), "the rows"));
      }
      return reduced.add(getOutputCol(), SQLDataTypes.MatrixType(), false, axes.toMetadata());
    }
    Schemas.requireAbsent(schema, getOutputCol(), "the rows", "outputCol");
    if (getDim().equals("sample_times") && !getSeveralSessions()) {
      TensorMetadata.requireOneWidth(tensor, "ResponseReducer without severalSessions");
    }
    Metadata metadata =
        getDim().equals("neuron")
            ? axes.toTimeCourse(getOutputCol())
            : axes.toFeatures(getOutputCol());
    return schema.add(getOutputCol(), SQLDataTypes.VectorType(), tensor.nullable(), metadata);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    if (getDim().equals("event")) {
      return overEvents(dataset.toDF(), schema);
    }
    StructField output = schema.fields()[schema.size() - 1];
    TensorReduction reduction = new TensorReduction(getFunc(), getDim().equals("sample_times"));
    return dataset.withColumn(
        output.name(),
        reduction
            .column(col(Schemas.quoted(getInputCol())), output.nullable())
            .as(output.name(), output.metadata()));
  }

  private Dataset<Row> overEvents(Dataset<Row> rows, StructType schema) {
    boolean hasSession = Schemas.has(rows.schema(), getSessionCol());
    Column session = hasSession ? col(Schemas.quoted(getSessionCol())) : lit(Sessions.ONLY);
    Column event =
        Schemas.has(rows.schema(), getEventCol()) ? col(Schemas.quoted(getEventCol())) : lit(0L);
    Dataset<Row> keyed =
        rows.select(
            Sessions.column(rows.schema(), getSessionCol()).as("_1"),
            event.as("_2"),
            col(Schemas.quoted(getInputCol())).as("_3"),
            session.as("_4"));
    String func = getFunc();
    FlatMapGroupsFunction<String, Row, Row> reduce =
        (key, group) -> reducedEvents(func, group, hasSession);
    Column[] described = new Column[schema.size()];
    for (int i = 0; i < described.length; i++) {
      StructField field = schema.fields()[i];
      described[i] = col(Schemas.quoted(field.name())).as(field.name(), field.metadata());
    }
    return keyed
        .groupBy("_1")
        .as(Encoders.STRING(), Encoders.row(keyed.schema()))
        .flatMapSortedGroups(new Column[] {col("_2")}, reduce, Encoders.row(schema))
        .select(described);
  }

  private static Iterator<Row> reducedEvents(String func, Iterator<Row> group, boolean hasSession) {
    var reducer = new org.neuroglia.tensor.ResponseReducer(func);
    List<Matrix> tensors = new ArrayList<>();
    Object session = null;
    while (group.hasNext()) {
      Row row = group.next();
      session = row.get(3);
      if (!row.isNullAt(2)) {
        tensors.add(row.getAs(2));
      }
    }
    if (tensors.isEmpty()) {
      return List.<Row>of().iterator();
    }
    int bins = tensors.get(0).numRows();
    int neurons = tensors.get(0).numCols();
    double[] reduced = new double[bins * neurons];
    double[] line = new double[tensors.size()];
    for (int cell = 0; cell < reduced.length; cell++) {
      for (int e = 0; e < line.length; e++) {
        line[e] = tensors.get(e).apply(cell % bins, cell / bins);
      }
      reduced[cell] = reducer.reduce(line);
    }
    Matrix matrix = new DenseMatrix(bins, neurons, reduced);
    Row row = hasSession ? RowFactory.create(session, matrix) : RowFactory.create(matrix);
    return List.of(row).iterator();
  }

  @Override
  public ResponseReducer copy(ParamMap extra) {
    return copyValues(new ResponseReducer(uid), extra);
  }

  public static MLReader<ResponseReducer> read() {
    return new DefaultParamsReader<>();
  }

  public static ResponseReducer load(String path) throws IOException {
    return read().load(path);
  }
}
