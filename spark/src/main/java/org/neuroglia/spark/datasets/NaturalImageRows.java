package org.neuroglia.spark.datasets;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.datasets.NaturalImageSession;

/** One session, {@link NaturalImageSession}: a part is a unit, or all presentations. */
final class NaturalImageRows extends SyntheticRecording {
  private static final long serialVersionUID = 1L;

  private static final String TABLE_OF_UNITS = "units";

  @Override
  Map<String, StructType> tables() {
    return Map.of(
        TABLE_OF_UNITS,
        UNITS,
        NaturalImageSession.PRESENTATIONS,
        EVENTS.add("end_time", DataTypes.DoubleType).add("image_id", DataTypes.DoubleType));
  }

  @Override
  List<String> options() {
    return List.of(
        "units", "silent_units", "images", "repeats", "first_image", "mean_rate", "tuning", "seed");
  }

  private static NaturalImageSession session(Options options) {
    NaturalImageSession.Builder builder = NaturalImageSession.builder();
    options.integer("units", builder::units);
    options.integer("silent_units", builder::silentUnits);
    options.integer("images", builder::images);
    options.integer("repeats", builder::repeats);
    options.number("first_image", builder::firstImage);
    options.number("mean_rate", builder::meanRate);
    options.number("tuning", builder::tuning);
    options.seed("seed", builder::seed);
    return builder.build();
  }

  @Override
  long parts(String table, Options options) {
    NaturalImageSession session = session(options);
    return table.equals(TABLE_OF_UNITS) ? session.units().size() : 1;
  }

  @Override
  Parts open(String table, Options options) {
    NaturalImageSession session = session(options);
    String name = "synthetic_" + session.settings().seed();
    if (table.equals(TABLE_OF_UNITS)) {
      return unit ->
          Stream.of(
              RowFactory.create(name, session.units().get((int) unit), session.train((int) unit)));
    }
    double[] times = session.times();
    double[] ends = session.endTimes();
    int[] images = session.imageIds();
    return all ->
        IntStream.range(0, times.length)
            .mapToObj(
                event ->
                    RowFactory.create(
                        name,
                        (long) event,
                        times[event],
                        ends[event] - times[event],
                        ends[event],
                        (double) images[event]));
  }
}
