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
    boolean skipMissing)
    implements Serializable {

  /** What the column {@code session} is. */
  enum SessionName {
    AUTO,
    SESSION_ID,
    IDENTIFIER,
    PATH
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
        choice(options, "missing", "error", "skip").equals("skip"));
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
