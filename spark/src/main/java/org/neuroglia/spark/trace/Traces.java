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
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.trace.FilteredChunks;
import scala.collection.Seq;

/**
 * Traces: rows (session, neuron, times, values), a row per neuron or several, each a chunk of time.
 *
 * <p>Times are seconds in the order of the trace; values are numbers or booleans, null for a
 * missing one. Chunks of a neuron may lie in any order, and must not overlap in time.
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
    this.rows = rows;
    this.columns = columns;
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

  /** Whether the table says that each row is a whole trace. */
  public boolean areWhole() {
    return TraceMetadata.isWhole(Schemas.require(rows.schema(), columns.getValuesCol(), TRACES));
  }

  /**
   * A row per neuron with columns session and neuron as strings, and times and values as {@code
   * array<double>} without nulls; neurons or sessions without a name are left out.
   */
  public Dataset<Row> wholeByName() {
    Traces whole = new Traces(whole(), columns);
    return whole
        .rows
        .select(
            whole.session().as("session"),
            whole.neuron().as("neuron"),
            whole.times().as("times"),
            whole.values().as("values"))
        .where(
            "session IS NOT NULL AND neuron IS NOT NULL AND times IS NOT NULL AND values IS NOT NULL");
  }

  /**
   * The rows, the chunks of a neuron joined in order of time: one row per neuron with every column,
   * others than times and values as the first chunk has them. Rows that are known to be whole stay
   * as they are.
   */
  public Dataset<Row> whole() {
    if (areWhole()) {
      return rows;
    }
    StructType schema = rows.schema();
    List<Column> keys = new ArrayList<>();
    if (hasSession()) {
      keys.add(own(columns.getSessionCol()));
    }
    keys.add(own(columns.getNeuronCol()));
    List<String> joined = List.of(name(columns.getTimesCol()), name(columns.getValuesCol()));
    List<String> grouped =
        hasSession()
            ? List.of(name(columns.getSessionCol()), name(columns.getNeuronCol()))
            : List.of(name(columns.getNeuronCol()));
    Column start = get(own(columns.getTimesCol()), lit(0));
    Column chunk =
        struct(
            start.as("start"),
            own(columns.getTimesCol()).as("times"),
            own(columns.getValuesCol()).as("values"));
    Column[] others =
        Arrays.stream(schema.fieldNames())
            .filter(name -> !joined.contains(name) && !grouped.contains(name))
            .map(name -> own(name).as(name))
            .toArray(Column[]::new);
    Dataset<Row> chunks =
        rows.groupBy(keys.toArray(Column[]::new))
            .agg(
                sort_array(collect_list(chunk)).as("__chunks"),
                others.length == 0
                    ? lit(0).as("__others")
                    : min_by(struct(others), coalesce(start, lit(Double.MAX_VALUE)))
                        .as("__others"));
    Column[] selected =
        Arrays.stream(schema.fields())
            .map(field -> joined(field, joined, grouped))
            .toArray(Column[]::new);
    return chunks.select(selected);
  }

  private Column joined(StructField field, List<String> joined, List<String> grouped) {
    Column quoted = col(Schemas.quoted(field.name()));
    if (grouped.contains(field.name())) {
      return quoted;
    }
    if (!joined.contains(field.name())) {
      return col("__others." + Schemas.quoted(field.name())).as(field.name(), field.metadata());
    }
    if (field.name().equals(joined.get(0))) {
      Column ordered =
          when(
              size(col("__chunks")).equalTo(1).or(inOrder().apply(label(), starts(), stops())),
              flatten(col("__chunks.times")));
      return ordered.as(field.name(), field.metadata());
    }
    return flatten(col("__chunks.values"))
        .as(field.name(), TraceMetadata.with(field.metadata(), true));
  }

  private static Column starts() {
    return col("__chunks.start").cast("array<double>");
  }

  private static Column stops() {
    return transform(col("__chunks.times"), times -> try_element_at(times, lit(-1)))
        .cast("array<double>");
  }

  /** True, or an exception that says which neuron has chunks that overlap. */
  private static UserDefinedFunction inOrder() {
    UDF3<String, Seq<Double>, Seq<Double>, Boolean> check =
        (neuron, starts, stops) -> {
          Double last = null;
          for (int i = 0; i < starts.size(); i++) {
            if (starts.apply(i) == null) {
              continue; // a chunk without samples
            }
            if (last != null && !(starts.apply(i) >= last)) {
              throw new InvalidInputException(
                  "neuron " + neuron + ": " + FilteredChunks.overlap(last, starts.apply(i)));
            }
            last = stops.apply(i);
          }
          return true;
        };
    return udf(check, DataTypes.BooleanType);
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
    Column neuron = coalesce(neuron(), lit("without a name"));
    return hasSession()
        ? concat(neuron, lit(" of session "), coalesce(session(), lit("without a name")))
        : neuron;
  }

  private String name(String column) {
    return Schemas.require(rows.schema(), column, TRACES).name();
  }

  private static Column own(String name) {
    return col(Schemas.quoted(name));
  }
}
