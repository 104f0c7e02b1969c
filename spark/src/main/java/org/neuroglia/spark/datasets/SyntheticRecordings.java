package org.neuroglia.spark.datasets;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.neuroglia.InvalidInputException;

/** The made-up recordings that there are, by the names that SQL and Python call them. */
public final class SyntheticRecordings {
  private static final SortedMap<String, SyntheticRecording> BY_NAME =
      new TreeMap<>(
          Map.of(
              "calcium_imaging", new CalciumImagingRows(),
              "calcium_traces", new CalciumTraceRows(),
              "choice_task", new ChoiceTaskRows(),
              "drifting_gratings", new DriftingGratingRows(),
              "natural_images", new NaturalImageRows()));

  private SyntheticRecordings() {}

  /**
   * The recording of this name.
   *
   * @throws InvalidInputException if there is none
   */
  public static SyntheticRecording named(String name) {
    SyntheticRecording recording = BY_NAME.get(name);
    if (recording == null) {
      throw new InvalidInputException(
          "There is no synthetic recording \""
              + name
              + "\"; there are "
              + String.join(", ", names())
              + ".");
    }
    return recording;
  }

  /** The names that there are, sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }
}
