package org.neuroglia.spark.datasets;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.datasets.CalciumImagingSession;
import org.neuroglia.datasets.DriftingGratingSession;

/**
 * The fluorescence of a {@link DriftingGratingSession}, {@link CalciumImagingSession}: a part is a
 * neuron, or all presentations.
 */
final class CalciumImagingRows extends SyntheticRecording {
  private static final long serialVersionUID = 1L;

  private static final String TABLE_OF_TRACES = "fluorescence";
  private static final String SAMPLING_RATE = "sampling_rate";

  @Override
  Map<String, StructType> tables() {
    return Map.of(
        TABLE_OF_TRACES,
        TRACES,
        DriftingGratingSession.PRESENTATIONS,
        DriftingGratingRows.PRESENTATIONS);
  }

  @Override
  List<String> options() {
    return Stream.concat(DriftingGratingRows.OPTIONS.stream(), Stream.of(SAMPLING_RATE)).toList();
  }

  private static CalciumImagingSession session(Options options) {
    double[] rate = {30};
    options.number(SAMPLING_RATE, value -> rate[0] = value);
    return new CalciumImagingSession(DriftingGratingRows.session(options), rate[0]);
  }

  @Override
  long parts(String table, Options options) {
    int neurons = session(options).rois().size();
    return table.equals(TABLE_OF_TRACES) ? neurons : 1;
  }

  @Override
  Parts open(String table, Options options) {
    DriftingGratingSession gratings = DriftingGratingRows.session(options);
    String name = "synthetic_calcium_" + gratings.settings().seed();
    if (!table.equals(TABLE_OF_TRACES)) {
      return all -> DriftingGratingRows.presentations(name, gratings);
    }
    CalciumImagingSession session = session(options);
    double[] times = session.times();
    return neuron ->
        Stream.of(
            RowFactory.create(
                name, session.rois().get((int) neuron), times, session.trace((int) neuron)));
  }
}
