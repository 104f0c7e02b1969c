package org.neuroglia.spark.spike;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.RecordingColumns;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.plan.Attributes;
import org.neuroglia.spark.plan.Encoding;
import scala.Tuple2;
import scala.Tuple3;

/**
 * Spikes in either shape, packed (a row per neuron, {@code times array<double>}) or long (a row per
 * spike, {@code time double}), seen as packed trains.
 *
 * <p>A neuron may have several rows, and a long table becomes several rows per neuron: its spikes
 * are packed where they lie, without a shuffle.
 */
public final class Trains {
  private static final String SPIKES = "the spikes";
  private static final double FEW = 4L << 20;

  private final Dataset<Row> spikes;
  private final RecordingColumns<?> columns;
  private final boolean packed;

  /**
   * @param spikes in either shape; packed where the times column is an array
   * @param columns names of the columns
   * @throws InvalidInputException if a column is missing or of another type
   */
  public Trains(Dataset<Row> spikes, RecordingColumns<?> columns) {
    requireSpikes(spikes.schema(), columns);
    this.spikes = spikes;
    this.columns = columns;
    this.packed = arePacked(spikes.schema(), columns);
  }

  /** Whether the times column is an array. */
  static boolean arePacked(StructType schema, RecordingColumns<?> columns) {
    return Schemas.find(schema, columns.getTimesCol())
        .filter(f -> f.dataType() instanceof ArrayType)
        .isPresent();
  }

  /**
   * Checks the columns neuron and times or time.
   *
   * @throws InvalidInputException if a column is missing or of another type
   */
  static void requireSpikes(StructType schema, RecordingColumns<?> columns) {
    StructField neuron = Schemas.require(schema, columns.getNeuronCol(), SPIKES);
    if (!(neuron.dataType() instanceof StringType || Schemas.isInteger(neuron.dataType()))) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" of the spikes is a %s; neurons are strings or integers",
              neuron.name(), neuron.dataType().simpleString()));
    }
    if (arePacked(schema, columns)) {
      StructField times = Schemas.require(schema, columns.getTimesCol(), SPIKES);
      if (!(((ArrayType) times.dataType()).elementType() instanceof NumericType)) {
        throw new InvalidInputException(
            String.format(
                "column \"%s\" of the spikes is a %s; an array of seconds is needed",
                times.name(), times.dataType().simpleString()));
      }
    } else if (!Schemas.has(schema, columns.getTimeCol())) {
      throw new InvalidInputException(
          String.format(
              "the spikes have neither an array column \"%s\" (a row per neuron) nor a column \"%s\""
                  + " (a row per spike); the columns are %s",
              columns.getTimesCol(), columns.getTimeCol(), String.join(", ", schema.fieldNames())));
    } else {
      Schemas.requireNumber(schema, columns.getTimeCol(), SPIKES);
    }
  }

  /** Whether there is a session column. */
  public boolean hasSession() {
    return Schemas.has(spikes.schema(), columns.getSessionCol());
  }

  /** Whether a row is a train, not a spike. */
  public boolean isPacked() {
    return packed;
  }

  /** Whether neurons are integers. */
  public boolean hasIntegerNeurons() {
    return Schemas.isInteger(
        Schemas.require(spikes.schema(), columns.getNeuronCol(), SPIKES).dataType());
  }

  /**
   * Whether there are surely few rows: trains straight from a small table. A row that was made in a
   * query may be one of any number.
   */
  public boolean areFew() {
    return packed && Attributes.isRead(neurons()) && Attributes.estimatedBytes(neurons()) <= FEW;
  }

  /**
   * Columns session and neuron, as strings: what a neuron axis is made of. Every packed row names a
   * neuron, however silent; in a long table, a row without a time (null, NaN) is no spike and names
   * none.
   */
  public Dataset<Row> neurons() {
    Dataset<Row> named = packed ? spikes : spikes.where(time().isNotNull().and(not(isnan(time()))));
    return named.select(session(), neuron());
  }

  /**
   * The spikes as they are, without a change where none is needed, so that what reads them is not
   * hidden: a neuron (a string or an integer), {@code times array<double>} or {@code time double},
   * and a session (a string) if there is one. Anything may be null.
   */
  public Dataset<Row> rows() {
    Map<String, Column> wanted = new HashMap<>();
    StructField neuron = Schemas.require(spikes.schema(), columns.getNeuronCol(), SPIKES);
    wanted.put(
        neuron.name(),
        Schemas.isInteger(neuron.dataType()) ? named(neuron) : as(neuron, DataTypes.StringType));
    StructField times =
        Schemas.require(
            spikes.schema(), packed ? columns.getTimesCol() : columns.getTimeCol(), SPIKES);
    boolean doubles =
        packed && ((ArrayType) times.dataType()).elementType().equals(DataTypes.DoubleType);
    DataType type = packed ? DataTypes.createArrayType(DataTypes.DoubleType) : DataTypes.DoubleType;
    wanted.put(times.name(), doubles ? named(times) : as(times, type));
    if (hasSession()) {
      Sessions.column(spikes.schema(), columns.getSessionCol()); // of a type that it may have
      StructField session = Schemas.require(spikes.schema(), columns.getSessionCol(), SPIKES);
      wanted.put(session.name(), as(session, DataTypes.StringType));
    }
    // In the order of the table: a scan that gives another order needs a projection above.
    return spikes.select(
        Arrays.stream(spikes.columns())
            .filter(wanted::containsKey)
            .map(wanted::get)
            .toArray(Column[]::new));
  }

  /** Positions of neuron, times or time, and session, if there is one, in {@link #rows}. */
  public int[] positions() {
    List<String> names = new ArrayList<>();
    names.add(columns.getNeuronCol());
    names.add(packed ? columns.getTimesCol() : columns.getTimeCol());
    if (hasSession()) {
      names.add(columns.getSessionCol());
    }
    List<String> found =
        names.stream().map(name -> Schemas.require(spikes.schema(), name, SPIKES).name()).toList();
    List<String> order = Arrays.stream(spikes.columns()).filter(found::contains).toList();
    return found.stream().mapToInt(order::indexOf).toArray();
  }

  private static Column as(StructField field, DataType type) {
    return field.dataType().equals(type) ? named(field) : named(field).cast(type).as(field.name());
  }

  private static Column named(StructField field) {
    return col(Schemas.quoted(field.name()));
  }

  /**
   * Columns session and neuron as strings and {@code times array<double>}, a row or more a neuron.
   */
  public Dataset<Row> packed() {
    return packed ? packedAsTheyAre() : packedInPlace();
  }

  /**
   * Columns session and neuron as strings, {@code times array<double>} ascending, all of a neuron
   * in one row, and {@code values} without any: what {@code TensorSampling} takes.
   */
  public Dataset<Row> whole() {
    return packed()
        .groupBy("session", "neuron")
        .agg(sort_array(flatten(collect_list("times"))).as("times"))
        .withColumn("values", array().cast("array<double>"));
  }

  private Dataset<Row> packedAsTheyAre() {
    StructField field = Schemas.require(spikes.schema(), columns.getTimesCol(), SPIKES);
    ArrayType type = (ArrayType) field.dataType();
    Column times = col(Schemas.quoted(field.name()));
    if (type.containsNull()) {
      times = array_compact(times);
    }
    return spikes
        .select(session(), neuron(), times.cast("array<double>").as("times"))
        .where("session IS NOT NULL AND neuron IS NOT NULL AND times IS NOT NULL");
  }

  private Dataset<Row> packedInPlace() {
    return spikes
        .select(session(), neuron(), time().as("time"))
        .where("session IS NOT NULL AND neuron IS NOT NULL AND time IS NOT NULL")
        .toDF("_1", "_2", "_3")
        .as(Encoders.tuple(Encoders.STRING(), Encoders.STRING(), Encoders.DOUBLE()))
        .mapPartitions(
            (MapPartitionsFunction<
                    Tuple3<String, String, Double>, Tuple3<String, String, double[]>>)
                Packing::new,
            Encoders.tuple(Encoders.STRING(), Encoders.STRING(), Encoding.doubles()))
        .toDF("session", "neuron", "times");
  }

  private Column time() {
    return col(Schemas.quoted(columns.getTimeCol())).cast("double");
  }

  private Column session() {
    return Sessions.column(spikes.schema(), columns.getSessionCol()).as("session");
  }

  private Column neuron() {
    return col(Schemas.quoted(columns.getNeuronCol())).cast("string").as("neuron");
  }

  /**
   * Gathers the spikes of a partition into a train per neuron, as many as memory comfortably holds.
   */
  static final class Packing implements Iterator<Tuple3<String, String, double[]>> {
    private static final int MOST_SPIKES = 1 << 22;

    private final Iterator<Tuple3<String, String, Double>> spikes;
    private Iterator<Map.Entry<Tuple2<String, String>, Train>> ready =
        Map.<Tuple2<String, String>, Train>of().entrySet().iterator();

    Packing(Iterator<Tuple3<String, String, Double>> spikes) {
      this.spikes = spikes;
    }

    @Override
    public boolean hasNext() {
      if (!ready.hasNext() && spikes.hasNext()) {
        ready = gather().entrySet().iterator();
      }
      return ready.hasNext();
    }

    @Override
    public Tuple3<String, String, double[]> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<Tuple2<String, String>, Train> entry = ready.next();
      return new Tuple3<>(entry.getKey()._1(), entry.getKey()._2(), entry.getValue().sorted());
    }

    private Map<Tuple2<String, String>, Train> gather() {
      Map<Tuple2<String, String>, Train> trains = new HashMap<>();
      for (int n = 0; n < MOST_SPIKES && spikes.hasNext(); n++) {
        Tuple3<String, String, Double> spike = spikes.next();
        trains
            .computeIfAbsent(new Tuple2<>(spike._1(), spike._2()), key -> new Train())
            .add(spike._3());
      }
      return trains;
    }
  }

  private static final class Train {
    private double[] times = new double[16];
    private int size;

    void add(double time) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
      }
      times[size++] = time;
    }

    double[] sorted() {
      double[] sorted = Arrays.copyOf(times, size);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
