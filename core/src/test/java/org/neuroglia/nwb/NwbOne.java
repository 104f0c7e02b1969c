package org.neuroglia.nwb;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes small NWB 1 files for tests. */
public final class NwbOne {
  private final String identifier;
  private final String sessionId;
  private final Map<String, Map<String, double[]>> areas = new LinkedHashMap<>();
  private final Map<String, Map<String, Object>> presentations = new LinkedHashMap<>();

  /**
   * @param sessionId may be empty: then the file has none
   */
  public NwbOne(String identifier, String sessionId) {
    this.identifier = identifier;
    this.sessionId = sessionId;
  }

  /** A unit; without times it is written as one NaN, since jHDF writes no empty datasets. */
  public NwbOne unit(String area, String name, double... times) {
    double[] written = times.length == 0 ? new double[] {Double.NaN} : times;
    areas.computeIfAbsent(area, a -> new LinkedHashMap<>()).put(name, written);
    return this;
  }

  /** A dataset of a presentation, such as timestamps, data or features. */
  public NwbOne presentation(String name, String dataset, Object values) {
    presentations.computeIfAbsent(name, p -> new LinkedHashMap<>()).put(dataset, values);
    return this;
  }

  public Path write(Path path) {
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putDataset("nwb_version", "NWB-1.0.6");
      file.putDataset("identifier", identifier);
      file.putDataset("session_description", "test");
      if (!sessionId.isEmpty()) {
        file.putGroup("general").putDataset("session_id", sessionId);
      }
      WritableGroup processing = file.putGroup("processing");
      areas.forEach(
          (area, units) -> {
            WritableGroup unitTimes = processing.putGroup(area).putGroup("UnitTimes");
            units.forEach((name, times) -> unitTimes.putGroup(name).putDataset("times", times));
            unitTimes.putDataset("unit_list", units.keySet().toArray(String[]::new));
          });
      WritableGroup shown = file.putGroup("stimulus").putGroup("presentation");
      presentations.forEach(
          (name, datasets) -> {
            WritableGroup group = shown.putGroup(name);
            datasets.forEach(group::putDataset);
          });
    }
    return path;
  }
}
