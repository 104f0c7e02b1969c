package org.neuroglia.spark.datasets;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
 * A made-up recording as DataFrames, one of those of {@link org.neuroglia.datasets}; see {@link
 * SyntheticRecordings}. Rows are made in the tasks that need them, each by itself, and have the
 * columns that the data source {@code nwb} would read from the same recording's file.
 */
public abstract class SyntheticRecording implements Serializable {
  private static final long serialVersionUID = 1L;

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
   * A table of the recording; lazy.
   *
   * @param options by name, as texts; others have their default
   * @throws InvalidInputException if there is no such table, option or value
   */
  public final Dataset<Row> table(SparkSession spark, String table, Map<String, String> options) {
    StructType schema = tables().get(table);
    if (schema == null) {
      throw new InvalidInputException(
          "The recording has no table \""
              + table
              + "\"; it has "
              + String.join(", ", new TreeMap<>(tables()).keySet())
              + ".");
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
}
