package org.neuroglia.spark.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.neuroglia.decoding.decoder.Decoders;
import picocli.CommandLine.Option;

/** What decodes, and with which settings. */
final class DecoderOptions {
  /** Predicts a continuous target; all others are of {@link Decoders}. */
  private static final String REGRESSION = "ridge-regression";

  private static final String ALPHA = "alpha";

  @Option(
      names = "--decoder",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "lda",
      completionCandidates = Meanings.class,
      description = {
        "One of ${COMPLETION-CANDIDATES}.",
        "Several decode the same folds. All after standardisation, unless they count. Default: lda."
      })
  private List<String> names;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      completionCandidates = Settings.class,
      description = {
        "A setting of the decoder; may be repeated, and goes to every chosen decoder that has it:",
        "${COMPLETION-CANDIDATES}."
      })
  private Map<String, String> given = new LinkedHashMap<>();

  /** Each decoder with what it is, for the help text. */
  static final class Meanings implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Decoders.names().stream().map(name -> name + " (" + Decoders.meaning(name) + ")"),
              Stream.of(
                  REGRESSION
                      + " (of labels that are numbers, such as a speed: R² and correlation)"))
          .iterator();
    }
  }

  /** The settings of each decoder that has some, for the help text. */
  static final class Settings implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return known().stream()
          .filter(name -> !accepted(name).isEmpty())
          .map(name -> String.join(" ", accepted(name)) + " (" + name + ")")
          .iterator();
    }
  }

  private static SortedSet<String> known() {
    SortedSet<String> names = Decoders.names();
    names.add(REGRESSION);
    return names;
  }

  private static List<String> accepted(String name) {
    return name.equals(REGRESSION)
        ? List.of(ALPHA)
        : Decoders.settings(name).stream().map(Decoders.Setting::name).toList();
  }

  boolean isRegression() {
    return names.contains(REGRESSION);
  }

  /** The names as they were typed, with commas. */
  String typedNames() {
    return String.join(",", names);
  }

  /** The settings as they were typed, or null. */
  String typedSettings() {
    return given.isEmpty() ? null : String.join(" --set ", pairs());
  }

  /** The settings NAME=VALUE, or null. */
  String[] pairs() {
    return given.isEmpty()
        ? null
        : given.entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .toArray(String[]::new);
  }

  /** What was set, and the time that spikes are counted over where a decoder asks for it. */
  private Map<String, String> set(DoubleSupplier binWidth) {
    Map<String, String> set = new TreeMap<>(given);
    if (names.stream().anyMatch(name -> accepted(name).contains(Decoders.BIN_WIDTH))) {
      set.computeIfAbsent(Decoders.BIN_WIDTH, name -> Double.toString(binWidth.getAsDouble()));
    }
    return set;
  }

  /** One name, or a list of them, to be written beside the results. */
  Object names() {
    return names.size() == 1 ? names.get(0) : names;
  }

  /** The settings that are not by default, or null. */
  Map<String, String> settings(DoubleSupplier binWidth) {
    Map<String, String> set = set(binWidth);
    return set.isEmpty() ? null : set;
  }
}
