package org.neuroglia.nwb;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.neuroglia.InvalidInputException;

/**
 * Writes spike trains, traces and presentations as an NWB 1 file (1.0.6).
 *
 * <pre>
 * /nwb_version, identifier, session_description, session_start_time
 * /general/session_id
 * /processing/{area}/UnitTimes/unit_list
 * /processing/{area}/UnitTimes/{unit}/times
 * /processing/brain_observatory_pipeline/{DfOverF, Fluorescence}/imaging_plane_1/
 *     data [roi × time], timestamps, num_samples, roi_names
 * /stimulus/presentation/{name}/timestamps     [presentation × column], or
 * /stimulus/presentation/{name}/
 *     timestamps [presentation], data [presentation × feature], features
 * </pre>
 *
 * <p>A unit without spikes is in {@code unit_list} and has a group without {@code times}: jHDF
 * cannot write empty data sets. NWB 2 is not offered because it needs object references, which jHDF
 * cannot write either.
 *
 * <p>The file appears whole or not at all: it is written under another name beside the target, read
 * back, and then renamed.
 */
public final class Nwb1Writer {
  private static final String OPHYS = "brain_observatory_pipeline";
  private static final String PLANE = "imaging_plane_1";

  private record Units(List<String> names, double[][] times) {}

  private record Traces(double[] times, List<String> rois, double[][] values) {}

  private record Features(double[] times, List<String> names, double[][] values) {}

  private final Map<String, String> rootFields = new LinkedHashMap<>();
  private final Map<String, String> generalFields = new LinkedHashMap<>();
  private final Map<String, Units> areas = new LinkedHashMap<>();
  private final Map<String, Traces> traces = new LinkedHashMap<>();
  private final Map<String, double[][]> presentations = new LinkedHashMap<>();
  private final Map<String, Features> namedPresentations = new LinkedHashMap<>();
  private boolean overwrite;

  /**
   * @param identifier a text unique to the file
   */
  public Nwb1Writer(String identifier) {
    rootFields.put("nwb_version", "NWB-1.0.6");
    putText(rootFields, "identifier", identifier);
  }

  /** The lab's own name of the session. */
  public Nwb1Writer sessionId(String value) {
    putText(generalFields, "session_id", value);
    return this;
  }

  public Nwb1Writer sessionDescription(String value) {
    putText(rootFields, "session_description", value);
    return this;
  }

  public Nwb1Writer sessionStartTime(OffsetDateTime value) {
    putText(rootFields, "session_start_time", value.toString());
    return this;
  }

  /**
   * Adds the units of one area.
   *
   * @param names one per unit, in the order that readers should keep
   * @param times for each unit its spike times in seconds; may be empty
   */
  public Nwb1Writer units(String area, List<String> names, double[][] times) {
    checkName("area", area);
    if (area.equals(OPHYS)) {
      throw new InvalidInputException("The area name " + OPHYS + " is reserved for traces.");
    }
    if (areas.containsKey(area)) {
      throw new InvalidInputException("The area " + area + " has units already.");
    }
    if (names.isEmpty() || names.size() != times.length) {
      throw new InvalidInputException(
          "The area "
              + area
              + " has "
              + names.size()
              + " unit names for "
              + times.length
              + " spike trains: there must be as many, and at least one.");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      checkName("unit", name);
      if (name.equals("unit_list") || !seen.add(name)) {
        throw new InvalidInputException(
            "The area "
                + area
                + " cannot have a unit named "
                + name
                + (name.equals("unit_list") ? ": the name is reserved." : " twice."));
      }
    }
    areas.put(area, new Units(List.copyOf(names), times));
    return this;
  }

  /**
   * Adds traces of one imaging plane, in the layout of the Allen Brain Observatory.
   *
   * @param name {@code Fluorescence}, or {@code DfOverF} for what is divided by a baseline
   * @param times of the samples in seconds, ascending
   * @param rois names of the neurons, each different
   * @param values [roi][sample]
   */
  public Nwb1Writer fluorescence(
      String name, double[] times, List<String> rois, double[][] values) {
    if (!name.equals("Fluorescence") && !name.equals("DfOverF")) {
      throw new InvalidInputException(
          "Traces are called Fluorescence or DfOverF in an NWB file, not " + name + ".");
    }
    if (times.length == 0 || rois.isEmpty() || rois.size() != values.length) {
      throw new InvalidInputException(
          String.format(
              "The traces %s have %d times, %d names of neurons and %d traces: at least one time is"
                  + " needed, and as many names as traces, at least one.",
              name, times.length, rois.size(), values.length));
    }
    if (Arrays.stream(values).anyMatch(trace -> trace.length != times.length)) {
      throw new InvalidInputException(
          "The traces " + name + " must have a value for each of " + times.length + " times.");
    }
    if (rois.stream().anyMatch(String::isBlank) || new HashSet<>(rois).size() != rois.size()) {
      throw new InvalidInputException(
          "The traces " + name + " have names of neurons that are blank or repeat.");
    }
    for (int i = 0; i < times.length; i++) {
      if (Double.isNaN(times[i]) || (i > 0 && times[i] < times[i - 1])) {
        throw new InvalidInputException(
            "The times of the traces " + name + " do not ascend at sample " + i + ".");
      }
    }
    if (traces.putIfAbsent(name, new Traces(times, List.copyOf(rois), values)) != null) {
      throw new InvalidInputException("There are traces " + name + " already.");
    }
    return this;
  }

  /**
   * Adds a table of presentations without column names, which NWB 1 does not have.
   *
   * @param rows one per presentation, all of the same length; the first column is the time in
   *     seconds
   */
  public Nwb1Writer presentation(String name, double[][] rows) {
    checkName("presentation", name);
    if (rows.length == 0 || rows[0].length == 0) {
      throw new InvalidInputException(
          "The presentation " + name + " is empty: at least one row and one column are needed.");
    }
    if (Arrays.stream(rows).anyMatch(row -> row.length != rows[0].length)) {
      throw new InvalidInputException(
          "The rows of the presentation " + name + " differ in length.");
    }
    checkNew(name);
    presentations.put(name, rows);
    return this;
  }

  /**
   * Adds a table of presentations whose columns have names: an AbstractFeatureSeries.
   *
   * @param times of the presentations in seconds; at least one
   * @param features names of the columns, each different
   * @param rows [presentation][feature]
   */
  public Nwb1Writer presentation(
      String name, double[] times, List<String> features, double[][] rows) {
    checkName("presentation", name);
    if (times.length == 0 || times.length != rows.length) {
      throw new InvalidInputException(
          "The presentation "
              + name
              + " has "
              + times.length
              + " times for "
              + rows.length
              + " rows: there must be as many, and at least one.");
    }
    if (features.isEmpty()
        || features.stream().anyMatch(String::isBlank)
        || new HashSet<>(features).size() != features.size()) {
      throw new InvalidInputException(
          "The presentation " + name + " has no features, or such as are blank or repeat.");
    }
    if (Arrays.stream(rows).anyMatch(row -> row.length != features.size())) {
      throw new InvalidInputException(
          "The rows of the presentation "
              + name
              + " must have a value for each of "
              + features.size()
              + " features.");
    }
    checkNew(name);
    namedPresentations.put(name, new Features(times, List.copyOf(features), rows));
    return this;
  }

  private void checkNew(String presentation) {
    if (presentations.containsKey(presentation) || namedPresentations.containsKey(presentation)) {
      throw new InvalidInputException("There is a presentation " + presentation + " already.");
    }
  }

  /** Whether {@link #write} may replace a file; by default it may not. */
  public Nwb1Writer overwrite(boolean value) {
    this.overwrite = value;
    return this;
  }

  /**
   * Writes the file.
   *
   * @throws InvalidInputException if the file exists and may not be replaced, or cannot be written
   *     there
   */
  public void write(Path target) {
    Path unfinished =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".unfinished");
    try {
      if (!overwrite && Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      writeContent(unfinished);
      checkContent(unfinished);
      if (overwrite) {
        Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.move(unfinished, target);
      }
    } catch (IOException | HdfException e) {
      throw new InvalidInputException(target + " cannot be written: " + reason(target, e) + ".", e);
    } finally {
      deleteIfThere(unfinished);
    }
  }

  private void writeContent(Path path) {
    try (WritableHdfFile file = HdfFile.write(path)) {
      rootFields.forEach(file::putDataset);
      if (!generalFields.isEmpty()) {
        WritableGroup general = file.putGroup("general");
        generalFields.forEach(general::putDataset);
      }
      WritableGroup processing = file.putGroup("processing");
      areas.forEach((area, units) -> putUnits(processing.putGroup(area), units));
      if (!traces.isEmpty()) {
        WritableGroup ophys = processing.putGroup(OPHYS);
        traces.forEach((name, of) -> putTraces(ophys.putGroup(name).putGroup(PLANE), name, of));
      }
      WritableGroup shown = file.putGroup("stimulus").putGroup("presentation");
      presentations.forEach((name, rows) -> shown.putGroup(name).putDataset("timestamps", rows));
      namedPresentations.forEach((name, of) -> putFeatures(shown.putGroup(name), of));
    }
  }

  private static void putUnits(WritableGroup area, Units units) {
    WritableGroup group = area.putGroup("UnitTimes");
    for (int u = 0; u < units.times.length; u++) {
      WritableGroup unit = group.putGroup(units.names.get(u));
      if (units.times[u].length > 0) {
        unit.putDataset("times", units.times[u]);
      }
    }
    group.putDataset("unit_list", units.names.toArray(String[]::new));
  }

  private static void putTraces(WritableGroup plane, String name, Traces traces) {
    WritableDataset data = plane.putDataset("data", traces.values);
    data.putAttribute("conversion", 1.0);
    data.putAttribute("unit", name.equals("DfOverF") ? "dF/F" : "arbitrary");
    plane.putDataset("timestamps", traces.times).putAttribute("unit", "Seconds");
    plane.putDataset("num_samples", traces.times.length);
    plane.putDataset("roi_names", traces.rois.toArray(String[]::new));
  }

  private static void putFeatures(WritableGroup presentation, Features features) {
    presentation.putDataset("timestamps", features.times).putAttribute("unit", "Seconds");
    presentation.putDataset("num_samples", features.times.length);
    presentation.putDataset("data", features.values);
    presentation.putDataset("features", features.names.toArray(String[]::new));
  }

  /** jHDF does not look at how many bytes a write took; a full disk may take only some. */
  private void checkContent(Path path) throws IOException {
    try (HdfFile file = new HdfFile(path)) {
      for (Map.Entry<String, Units> area : areas.entrySet()) {
        Units units = area.getValue();
        for (int u = 0; u < units.times.length; u++) {
          if (units.times[u].length > 0) {
            checkEqual(
                file,
                "/processing/" + area.getKey() + "/UnitTimes/" + units.names.get(u) + "/times",
                units.times[u]);
          }
        }
      }
      for (Map.Entry<String, Traces> plane : traces.entrySet()) {
        String at = "/processing/" + OPHYS + "/" + plane.getKey() + "/" + PLANE;
        checkEqual(file, at + "/data", plane.getValue().values);
        checkEqual(file, at + "/timestamps", plane.getValue().times);
      }
      for (Map.Entry<String, double[][]> shown : presentations.entrySet()) {
        checkEqual(
            file, "/stimulus/presentation/" + shown.getKey() + "/timestamps", shown.getValue());
      }
      for (Map.Entry<String, Features> shown : namedPresentations.entrySet()) {
        String at = "/stimulus/presentation/" + shown.getKey();
        checkEqual(file, at + "/timestamps", shown.getValue().times);
        checkEqual(file, at + "/data", shown.getValue().values);
      }
    }
  }

  private static void checkEqual(HdfFile file, String dataset, Object written) throws IOException {
    Object read = file.getDatasetByPath(dataset).getData();
    if (!Arrays.deepEquals(new Object[] {read}, new Object[] {written})) {
      throw new IOException(dataset + " came back different from what was written");
    }
  }

  private static String reason(Path target, Exception problem) {
    Throwable cause = problem instanceof HdfException ? problem.getCause() : problem;
    if (cause instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (cause instanceof NoSuchFileException) {
      return "there is no folder " + target.toAbsolutePath().getParent();
    }
    if (cause instanceof AccessDeniedException) {
      return "access is denied";
    }
    if (cause instanceof DirectoryNotEmptyException) {
      return "it is a folder";
    }
    if (cause instanceof IOException && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return "what was written could not be read back (" + problem.getMessage() + ")";
  }

  private static void deleteIfThere(Path unfinished) {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // The write has failed already; that is what the caller must hear of.
    }
  }

  private static void putText(Map<String, String> fields, String name, String value) {
    if (value.isEmpty()) {
      throw new InvalidInputException("The field " + name + " of an NWB file cannot be empty.");
    }
    fields.put(name, value);
  }

  private static void checkName(String what, String name) {
    if (name.isBlank() || name.contains("/") || name.equals(".")) {
      throw new InvalidInputException(
          "The "
              + what
              + " name '"
              + name
              + "' cannot be used in an NWB file: it is blank or has a /.");
    }
  }
}
