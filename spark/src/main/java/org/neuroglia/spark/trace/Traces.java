package org.neuroglia.spark.trace;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.trace.FilteredChunks;
import org.neuroglia.trace.TraceChunk;
import scala.collection.Seq;

/**
 * Traces: rows (session, neuron, times, values), a row per neuron or several, each a chunk of time.
 *
 * <p>Times are seconds in the order of the trace; values are numbers or booleans, null for a
 * missing one. Chunks of a neuron may lie in any order, and must not overlap in time. A row without
 * a neuron, a session where there are sessions, times or values is none, and left out.
 */
public final class Traces {
  private static final String TRACES = "the traces";

  private final Dataset<Row> rows;
  private final TraceColumns<?> columns;

  /**
   * @throws InvalidInputException if a column is missing or of another type
   */
  public Traces(Dataset<Row> rows, TraceColumns<?> columns) {
    requireTraces(rows.schema(), columns);
    this.columns = columns;
    this.rows = present(rows);
  }

  /** The rows that have a neuron, times, values, and a session where there are sessions. */
  private Dataset<Row> present(Dataset<Row> rows) {
    Column[] missing =
        needed(rows.schema(), columns)
            .filter(StructField::nullable)
            .map(field -> own(field.name()).isNotNull())
            .toArray(Column[]::new);
    return Arrays.stream(missing).reduce(Column::and).map(rows::where).orElse(rows);
  }

  private static Stream<StructField> needed(StructType schema, TraceColumns<?> columns) {
    return Stream.of(
            columns.getSessionCol(),
            columns.getNeuronCol(),
            columns.getTimesCol(),
            columns.getValuesCol())
        .flatMap(name -> Schemas.find(schema, name).stream());
  }

  /** The table without the rows that lack a neuron, a session, times or values. */
  Dataset<Row> rows() {
    return rows;
  }

  /**
   * Checks the columns neuron, times and values, and session where there is one.
   *
   * @throws InvalidInputException if one is missing or of another type
   */
  public static void requireTraces(StructType schema, TraceColumns<?> columns) {
    StructField neuron = Schemas.require(schema, columns.getNeuronCol(), TRACES);
    if (!(neuron.dataType() instanceof StringType || Schemas.isInteger(neuron.dataType()))) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the traces is a %s; neurons are strings or integers",
              neuron.name(), neuron.dataType().simpleString()));
    }
    Sessions.column(schema, columns.getSessionCol());
    requireArray(schema, columns.getTimesCol(), false, "an array of seconds is needed");
    requireArray(schema, columns.getValuesCol(), true, "an array of numbers is needed");
  }

  private static void requireArray(StructType schema, String name, boolean flags, String needed) {
    StructField field = Schemas.require(schema, name, TRACES);
    boolean fits =
        field.dataType() instanceof ArrayType array
            && (array.elementType() instanceof NumericType
                || (flags && array.elementType() instanceof BooleanType));
    if (!fits) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the traces is a %s; %s",
              field.name(), field.dataType().simpleString(), needed));
    }
  }

  /** The columns of the table. */
  public StructType schema() {
    return rows.schema();
  }

  /** Whether there is a session column. */
  public boolean hasSession() {
    return Schemas.has(rows.schema(), columns.getSessionCol());
  }

  /** Whether neurons are integers. */
  public boolean hasIntegerNeurons() {
    return Schemas.isInteger(
        Schemas.require(rows.schema(), columns.getNeuronCol(), TRACES).dataType());
  }

  /** Columns session and neuron, as strings: what a neuron axis is made of. */
  public Dataset<Row> neurons() {
    return rows.select(session().as("session"), neuron().as("neuron"));
  }

  /** Whether it is known that each row is a whole trace. */
  boolean areWhole() {
    StructField values = Schemas.require(rows.schema(), columns.getValuesCol(), TRACES);
    return TraceMetadata.isWhole(values) && WholeRows.comeSo(rows);
  }

  /**
   * A row per neuron with columns session and neuron as strings, and times and values as {@code
   * array<double>} without nulls.
   */
  public Dataset<Row> wholeByName() {
    Traces whole = new Traces(whole(), columns);
    return whole.rows.select(
        whole.session().as("session"),
        whole.neuron().as("neuron"),
        whole.times().as("times"),
        whole.values().as("values"));
  }

  /**
   * A row per neuron with columns session (a string), neuron (a string or a long), times and values
   * ({@code array<double>} without nulls), and another one.
   *
   * @param more made of the table's columns; of a neuron in chunks, those of the first chunk
   */
  public Dataset<Row> wholeWith(Column more) {
    Traces whole = new Traces(whole(), columns);
    return whole.rows.select(
        whole.session().as("session"),
        hasIntegerNeurons()
            ? own(columns.getNeuronCol()).cast("long").as("neuron")
            : whole.neuron().as("neuron"),
        more,
        whole.times().as("times"),
        whole.values().as("values"));
  }

  /**
   * The rows, the chunks of a neuron joined in order of time: one row per neuron with every column,
   * others than times and values as the first chunk has them. Rows that are known to be whole stay
   * as they are.
   */
  Dataset<Row> whole() {
    if (areWhole()) {
      return rows;
    }
    Set<String> keys =
        Stream.of(columns.getSessionCol(), columns.getNeuronCol())
            .flatMap(name -> Schemas.find(rows.schema(), name).stream())
            .map(StructField::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String times = name(columns.getTimesCol());
    String values = name(columns.getValuesCol());
    Column chunk =
        struct(
            get(times(), lit(0)).as("start"),
            own(times).as("times"),
            own(values).as("values"),
            try_element_at(times(), lit(-1)).as("stop"));
    Column[] others =
        Arrays.stream(rows.schema().fieldNames())
            .filter(name -> !keys.contains(name) && !name.equals(times) && !name.equals(values))
            .map(name -> own(name).as(name))
            .toArray(Column[]::new);
    Column first = others.length == 0 ? lit(0) : struct(others);
    Dataset<Row> chunks =
        rows.groupBy(keys.stream().map(Traces::own).toArray(Column[]::new))
            .agg(
                sort_array(collect_list(chunk)).as("__chunks"), min_by(first, chunk).as("__others"))
            .where(size(col("__chunks")).equalTo(1).or(inOrder()));
    return chunks.select(
        Arrays.stream(rows.schema().fields())
            .map(
                field -> {
                  if (keys.contains(field.name())) {
                    return own(field.name());
                  }
                  Metadata metadata = field.metadata();
                  if (field.name().equals(times)) {
                    return flatten(col("__chunks.times")).as(times, metadata);
                  }
                  return field.name().equals(values)
                      ? flatten(col("__chunks.values"))
                          .as(values, TraceMetadata.with(metadata, true))
                      : col("__others." + Schemas.quoted(field.name())).as(field.name(), metadata);
                })
            .toArray(Column[]::new));
  }

  /** True, or an exception that says which neuron has chunks that are not of one trace. */
  private Column inOrder() {
    UDF4<String, Seq<Row>, Seq<Integer>, Seq<Integer>, Boolean> check =
        (neuron, chunks, times, values) -> {
          Double last = null;
          for (int i = 0; i < chunks.size(); i++) {
            if (!times.apply(i).equals(values.apply(i))) {
              throw new InvalidInputException(
                  "neuron " + neuron + ": " + TraceChunk.uneven(times.apply(i), values.apply(i)));
            }
            Double start = (Double) chunks.apply(i).get(0);
            if (start != null) { // else a chunk without samples
              if (last != null && !(start >= last)) {
                throw new InvalidInputException(
                    "neuron " + neuron + ": " + FilteredChunks.overlap(last, start));
              }
              last = (Double) chunks.apply(i).get(1);
            }
          }
          return true;
        };
    Column chunks = col("__chunks");
    return udf(check, DataTypes.BooleanType)
        .apply(
            label(),
            transform(chunks, c -> struct(c.getField("start"), c.getField("stop"))),
            transform(chunks, c -> size(c.getField("times"))),
            transform(chunks, c -> size(c.getField("values"))));
  }

  /** Times as doubles. */
  Column times() {
    return doubles(columns.getTimesCol());
  }

  /** Values as doubles, NaN for null. */
  Column values() {
    return doubles(columns.getValuesCol());
  }

  private Column doubles(String name) {
    StructField field = Schemas.require(rows.schema(), name, TRACES);
    ArrayType type = (ArrayType) field.dataType();
    DataType wanted = new ArrayType(DataTypes.DoubleType, type.containsNull());
    Column column = own(name);
    column = type.elementType().equals(DataTypes.DoubleType) ? column : column.cast(wanted);
    return type.containsNull()
        ? transform(column, value -> coalesce(value, lit(Double.NaN)))
        : column;
  }

  /** The session of a row, as a string. */
  Column session() {
    return Sessions.column(rows.schema(), columns.getSessionCol());
  }

  /** The neuron of a row, as a string. */
  Column neuron() {
    return own(columns.getNeuronCol()).cast("string");
  }

  /** The neuron and its session as an error names them. */
  Column label() {
    return hasSession() ? concat(neuron(), lit(" of session "), session()) : neuron();
  }

  private String name(String column) {
    return Schemas.require(rows.schema(), column, TRACES).name();
  }

  private static Column own(String name) {
    return col(Schemas.quoted(name));
  }
}
