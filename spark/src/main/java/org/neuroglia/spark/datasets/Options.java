package org.neuroglia.spark.datasets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.neuroglia.InvalidInputException;

/** Values of options, as texts; what is not given stays as it is by default. */
final class Options implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TreeMap<String, String> values;

  Options(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  void text(String name, Consumer<String> use) {
    with(name, "a text", text -> text, use);
  }

  void integer(String name, Consumer<Integer> use) {
    with(name, "a whole number", Integer::valueOf, use);
  }

  void seed(String name, Consumer<Long> use) {
    with(name, "a whole number", Long::valueOf, use);
  }

  void number(String name, Consumer<Double> use) {
    with(name, "a number", Double::valueOf, use);
  }

  void flag(String name, Consumer<Boolean> use) {
    with(name, "true or false", Options::flag, use);
  }

  /** Texts with commas between them. */
  void texts(String name, Consumer<List<String>> use) {
    with(name, "texts with commas between them", Options::parts, use);
  }

  /** Numbers with commas between them. */
  void numbers(String name, Consumer<double[]> use) {
    with(
        name,
        "numbers with commas between them",
        text -> parts(text).stream().mapToDouble(Double::parseDouble).toArray(),
        use);
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static List<String> parts(String text) {
    return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
  }

  private <T> void with(String name, String accepted, Function<String, T> parse, Consumer<T> use) {
    String text = values.get(name);
    if (text == null) {
      return;
    }
    T value;
    try {
      value = parse.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "The option " + name + " is " + accepted + ", not '" + text + "'.", e);
    }
    use.accept(value);
  }
}
