package org.neuroglia.spark.datasets;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.ChoiceTaskArchive;
import org.neuroglia.datasets.ChoiceTaskArchive.Range;
import org.neuroglia.datasets.ChoiceTaskSession;

/** An archive of sessions, {@link ChoiceTaskArchive}: a part is a session. */
final class ChoiceTaskRows extends SyntheticRecording {
  private static final long serialVersionUID = 1L;

  private static final String TABLE_OF_UNITS = "units";

  @Override
  Map<String, StructType> tables() {
    StructType trials = EVENTS;
    for (String column : ChoiceTaskSession.COLUMNS) {
      if (!column.equals("duration")) {
        trials = trials.add(column, DataTypes.DoubleType);
      }
    }
    return Map.of(
        TABLE_OF_UNITS, UNITS.add("area", DataTypes.StringType), ChoiceTaskSession.TRIALS, trials);
  }

  @Override
  List<String> options() {
    return List.of("sessions", "least_units", "most_units", "least_trials", "most_trials", "seed");
  }

  @Override
  long parts(String table, Options options) {
    int[] sessions = {1};
    options.integer("sessions", value -> sessions[0] = value);
    if (sessions[0] < 1) {
      throw new InvalidInputException("The option sessions is 1 or more, not " + sessions[0] + ".");
    }
    archive(options).session(0); // sizes that no session can have are refused at once
    return sessions[0];
  }

  private static ChoiceTaskArchive archive(Options options) {
    int[] sizes = {20, 200, 300, 900};
    List<String> names = List.of("least_units", "most_units", "least_trials", "most_trials");
    for (int i = 0; i < sizes.length; i++) {
      int size = i;
      options.integer(names.get(i), value -> sizes[size] = value);
    }
    long[] seed = {20181016};
    options.seed("seed", value -> seed[0] = value);
    return new ChoiceTaskArchive(
        new Range(sizes[0], sizes[1]), new Range(sizes[2], sizes[3]), seed[0]);
  }

  @Override
  Parts open(String table, Options options) {
    ChoiceTaskArchive archive = archive(options);
    return number -> {
      ChoiceTaskSession session = archive.session((int) number);
      return table.equals(TABLE_OF_UNITS) ? units(session) : trials(session);
    };
  }

  private static Stream<Row> units(ChoiceTaskSession session) {
    return IntStream.range(0, session.units().size())
        .mapToObj(
            unit ->
                RowFactory.create(
                    session.settings().name(),
                    session.units().get(unit),
                    session.train(unit),
                    session.area(unit).name()));
  }

  private static Stream<Row> trials(ChoiceTaskSession session) {
    double[] times = session.times();
    double[] durations = session.durations();
    int[] choices = session.choices();
    int[] blocks = session.blocks();
    double[] probabilities = session.probabilitiesRight();
    int[] images = session.imageIds();
    double[] speeds = session.wheelSpeeds();
    return IntStream.range(0, times.length)
        .mapToObj(
            trial ->
                RowFactory.create(
                    session.settings().name(),
                    (long) trial,
                    times[trial],
                    durations[trial],
                    (double) choices[trial],
                    (double) blocks[trial],
                    probabilities[trial],
                    (double) images[trial],
                    speeds[trial]));
  }
}
