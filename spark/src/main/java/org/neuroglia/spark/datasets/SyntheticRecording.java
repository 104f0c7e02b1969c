package org.neuroglia.spark.datasets;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;

/**
 * Made-up recordings as DataFrames: those of {@link org.neuroglia.datasets}, by the names that SQL
 * and Python call them. Rows are made in the tasks that need them, each by itself, and have the
 * columns that the data source {@code nwb} would read from the same recording's file.
 */
public abstract class SyntheticRecording implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final SortedMap<String, SyntheticRecording> BY_NAME =
      new TreeMap<>(
          Map.of(
              "calcium_imaging", new CalciumImagingRows(),
              "calcium_traces", new CalciumTraceRows(),
              "choice_task", new ChoiceTaskRows(),
              "drifting_gratings", new DriftingGratingRows(),
              "natural_images", new NaturalImageRows()));

  static final StructType UNITS =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("neuron", DataTypes.StringType)
          .add("times", DataTypes.createArrayType(DataTypes.DoubleType, false));

  static final StructType TRACES =
      UNITS.add("values", DataTypes.createArrayType(DataTypes.DoubleType, false));

  static final StructType EVENTS =
      new StructType()
          .add("session", DataTypes.StringType)
          .add("event", DataTypes.LongType)
          .add("time", DataTypes.DoubleType)
          .add("duration", DataTypes.DoubleType);

  /** Some parts of a recording, which one task makes. */
  interface Parts {
    Stream<Row> rows(long part);
  }

  /** The tables that there are, and their columns. */
  abstract Map<String, StructType> tables();

  /** Names of the options. */
  abstract List<String> options();

  /** Into how many parts a table falls that can be made each by itself. */
  abstract long parts(String table, Options options);

  /** Prepares to make parts of a table. */
  abstract Parts open(String table, Options options);

  /**
   * The recording of this name.
   *
   * @throws InvalidInputException if there is none
   */
  public static SyntheticRecording named(String name) {
    SyntheticRecording recording = BY_NAME.get(name);
    if (recording == null) {
      throw new InvalidInputException(
          "There is no synthetic recording \"" + name + "\"; there are " + names(BY_NAME) + ".");
    }
    return recording;
  }

  /** The names that there are, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * A table of the recording; lazy.
   *
   * @param options by name, as texts; others have their default
   * @throws InvalidInputException if there is no such table, option or value
   */
  public final Dataset<Row> table(SparkSession spark, String table, Map<String, String> options) {
    StructType schema = tables().get(table);
    if (schema == null) {
      throw new InvalidInputException(
          "The recording has no table \"" + table + "\"; it has " + names(tables()) + ".");
    }
    for (String option : options.keySet()) {
      if (!options().contains(option)) {
        throw new InvalidInputException(
            "The recording has no option \""
                + option
                + "\"; it has "
                + String.join(", ", options())
                + ".");
      }
    }
    Options given = new Options(options);
    long parts = parts(table, given);
    int tasks = (int) Math.max(1, Math.min(parts, 4L * spark.sparkContext().defaultParallelism()));
    MapPartitionsFunction<Long, Row> make = numbers -> rows(table, given, numbers);
    return spark.range(0, parts, 1, tasks).mapPartitions(make, Encoders.row(schema)).toDF();
  }

  private Iterator<Row> rows(String table, Options options, Iterator<Long> numbers) {
    if (!numbers.hasNext()) {
      return List.<Row>of().iterator();
    }
    Parts parts = open(table, options);
    return Stream.iterate(numbers, Iterator::hasNext, left -> left)
        .flatMap(left -> parts.rows(left.next()))
        .iterator();
  }

  private static String names(Map<String, ?> map) {
    return String.join(", ", new TreeMap<>(map).keySet());
  }
}
