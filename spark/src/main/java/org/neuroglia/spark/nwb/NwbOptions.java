package org.neuroglia.spark.nwb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.neuroglia.InvalidInputException;

/** The options of the source, checked; {@link NwbDataSource} tells what they mean. */
record NwbOptions(
    List<String> paths,
    String table,
    List<String> columns,
    SessionName session,
    boolean neuronsAsStrings,
    boolean skipMissing,
    Traces traces)
    implements Serializable {

  /** What the column {@code session} is. */
  enum SessionName {
    AUTO,
    SESSION_ID,
    IDENTIFIER,
    PATH
  }

  /**
   * Traces are asked for in place of a table.
   *
   * @param series name or path; empty where a table is asked for
   * @param start in seconds; minus infinity for the first sample
   * @param stop in seconds, not included; infinity for all
   * @param samplesPerChunk of a row; 0 for all
   */
  record Traces(String series, double start, double stop, int samplesPerChunk)
      implements Serializable {
    static final Traces NONE =
        new Traces("", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

    /** Whether each row has all that the file has of a neuron. */
    boolean areWhole() {
      return samplesPerChunk == 0 && !hasRange();
    }

    boolean hasRange() {
      return start != Double.NEGATIVE_INFINITY || stop != Double.POSITIVE_INFINITY;
    }
  }

  static NwbOptions of(CaseInsensitiveStringMap options) {
    return new NwbOptions(
        paths(options),
        options.getOrDefault("table", "sessions"),
        names(options.getOrDefault("columns", "")),
        SessionName.valueOf(
            choice(options, "session", "auto", "session_id", "identifier", "path")
                .toUpperCase(Locale.ROOT)),
        choice(options, "neuronType", "auto", "string").equals("string"),
        choice(options, "missing", "error", "skip").equals("skip"),
        traces(options));
  }

  boolean readsTraces() {
    return !traces.series().isEmpty();
  }

  /** What is read, for messages and plans. */
  String what() {
    return readsTraces() ? "traces " + traces.series() : table;
  }

  private static Traces traces(CaseInsensitiveStringMap options) {
    boolean wanted = options.containsKey("traces");
    List<String> others =
        wanted ? List.of("table", "columns") : List.of("start", "stop", "samplesPerChunk");
    for (String other : others) {
      if (options.containsKey(other)) {
        throw new InvalidInputException(
            wanted
                ? "The option " + other + " cannot be set along with the option traces."
                : "The option " + other + " is for traces; name them by the option traces.");
      }
    }
    if (!wanted) {
      return Traces.NONE;
    }
    String series = options.get("traces").strip();
    if (series.isEmpty()) {
      throw new InvalidInputException(
          "The option traces is empty; it must be the name or the path of a time series.");
    }
    double start = seconds(options, "start", Double.NEGATIVE_INFINITY);
    double stop = seconds(options, "stop", Double.POSITIVE_INFINITY);
    if (start >= stop) {
      throw new InvalidInputException(
          "The option start is " + start + " and stop is " + stop + "; start must be less.");
    }
    return new Traces(series, start, stop, samplesPerChunk(options));
  }

  private static double seconds(CaseInsensitiveStringMap options, String name, double otherwise) {
    if (!options.containsKey(name)) {
      return otherwise;
    }
    try {
      double value = Double.parseDouble(options.get(name));
      if (!Double.isNaN(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw new InvalidInputException(
        "The option " + name + " is " + options.get(name) + "; it must be a number of seconds.");
  }

  private static int samplesPerChunk(CaseInsensitiveStringMap options) {
    if (!options.containsKey("samplesPerChunk")) {
      return 0;
    }
    try {
      int value = Integer.parseInt(options.get("samplesPerChunk").strip());
      if (value > 0 && value <= TraceInputs.MOST_SAMPLES) {
        return value;
      }
    } catch (NumberFormatException e) {
      // refused below
    }
    throw new InvalidInputException(
        "The option samplesPerChunk is "
            + options.get("samplesPerChunk")
            + "; it must be an integer from 1 to "
            + TraceInputs.MOST_SAMPLES
            + ".");
  }

  /** {@code load(a)} arrives as {@code path}, {@code load(a, b)} as JSON in {@code paths}. */
  private static List<String> paths(CaseInsensitiveStringMap options) {
    List<String> paths = new ArrayList<>();
    if (options.containsKey("paths")) {
      try {
        paths.addAll(
            Arrays.asList(new ObjectMapper().readValue(options.get("paths"), String[].class)));
      } catch (JsonProcessingException e) {
        throw new InvalidInputException(
            "The option paths must be a JSON list of strings but is " + options.get("paths") + ".",
            e);
      }
    }
    if (options.containsKey("path")) {
      paths.add(options.get("path"));
    }
    if (paths.isEmpty()) {
      throw new InvalidInputException(
          "The source nwb needs a path: load(\"session.nwb\"), a glob or a folder.");
    }
    return paths;
  }

  private static List<String> names(String columns) {
    return columns.isBlank()
        ? List.of()
        : Arrays.stream(columns.split(",")).map(String::trim).toList();
  }

  private static String choice(CaseInsensitiveStringMap options, String name, String... accepted) {
    String value = options.getOrDefault(name, accepted[0]).toLowerCase(Locale.ROOT);
    if (!Arrays.asList(accepted).contains(value)) {
      throw new InvalidInputException(
          "The option "
              + name
              + " is "
              + options.get(name)
              + "; accepted are "
              + String.join(", ", accepted)
              + ".");
    }
    return value;
  }
}
