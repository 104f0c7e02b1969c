package org.neuroglia.spark.datasets;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.datasets.DriftingGratingSession;

/** One session, {@link DriftingGratingSession}: a part is a unit, or all presentations. */
final class DriftingGratingRows extends SyntheticRecording {
  private static final long serialVersionUID = 1L;

  private static final String TABLE_OF_UNITS = "units";

  static final StructType PRESENTATIONS =
      EVENTS
          .add("end_time", DataTypes.DoubleType)
          .add("condition", DataTypes.DoubleType)
          .add("direction", DataTypes.DoubleType)
          .add("temporal_frequency", DataTypes.DoubleType);

  static final List<String> OPTIONS =
      List.of(
          "units",
          "silent_units",
          "directions",
          "temporal_frequencies",
          "repeats",
          "blanks_per_repeat",
          "first_grating",
          "mean_rate",
          "tuning",
          "seed");

  @Override
  Map<String, StructType> tables() {
    return Map.of(TABLE_OF_UNITS, UNITS, DriftingGratingSession.PRESENTATIONS, PRESENTATIONS);
  }

  @Override
  List<String> options() {
    return OPTIONS;
  }

  static DriftingGratingSession session(Options options) {
    DriftingGratingSession.Builder builder = DriftingGratingSession.builder();
    options.integer("units", builder::units);
    options.integer("silent_units", builder::silentUnits);
    options.integer("directions", builder::directions);
    options.numbers("temporal_frequencies", builder::temporalFrequencies);
    options.integer("repeats", builder::repeats);
    options.integer("blanks_per_repeat", builder::blanksPerRepeat);
    options.number("first_grating", builder::firstGrating);
    options.number("mean_rate", builder::meanRate);
    options.number("tuning", builder::tuning);
    options.seed("seed", builder::seed);
    return builder.build();
  }

  @Override
  long parts(String table, Options options) {
    DriftingGratingSession session = session(options);
    return table.equals(TABLE_OF_UNITS) ? session.units().size() : 1;
  }

  @Override
  Parts open(String table, Options options) {
    DriftingGratingSession session = session(options);
    String name = "synthetic_gratings_" + session.settings().seed();
    if (table.equals(TABLE_OF_UNITS)) {
      return unit ->
          Stream.of(
              RowFactory.create(name, session.units().get((int) unit), session.train((int) unit)));
    }
    return all -> presentations(name, session);
  }

  static Stream<Row> presentations(String name, DriftingGratingSession session) {
    double[] times = session.times();
    double[] ends = session.endTimes();
    int[] conditions = session.conditions();
    double[] directions = session.directions();
    double[] frequencies = session.temporalFrequencies();
    return IntStream.range(0, times.length)
        .mapToObj(
            event ->
                RowFactory.create(
                    name,
                    (long) event,
                    times[event],
                    ends[event] - times[event],
                    ends[event],
                    (double) conditions[event],
                    directions[event],
                    frequencies[event]));
  }
}
