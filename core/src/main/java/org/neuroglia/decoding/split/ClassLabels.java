package org.neuroglia.decoding.split;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.neuroglia.InvalidInputException;

/**
 * The classes of a set of labels in the order of {@code numpy.unique}: numbers numerically, texts
 * by code point. A class's place in it is its code.
 */
public final class ClassLabels implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Python's order of strings; Java's own differs beyond the Basic Multilingual Plane. */
  public static final Comparator<String> BY_CODE_POINT =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final double[] numbers;
  private final String[] texts;

  private ClassLabels(double[] numbers, String[] texts) {
    this.numbers = numbers;
    this.texts = texts;
  }

  /** Distinct numbers of some labels, without NaN; −0 is 0. */
  public static ClassLabels of(double[] labels) {
    double[] classes =
        DoubleStream.of(labels)
            .filter(label -> !Double.isNaN(label))
            .map(label -> label + 0.0)
            .sorted()
            .distinct()
            .toArray();
    return new ClassLabels(classes, new String[0]);
  }

  /** Distinct texts of some labels. */
  public static ClassLabels of(Collection<String> labels) {
    String[] classes = labels.stream().distinct().sorted(BY_CODE_POINT).toArray(String[]::new);
    return new ClassLabels(new double[0], classes);
  }

  public boolean isText() {
    return texts.length > 0;
  }

  public int size() {
    return isText() ? texts.length : numbers.length;
  }

  /** Empty where the labels are texts. */
  public double[] numbers() {
    return numbers.clone();
  }

  /** Empty where the labels are numbers. */
  public String[] texts() {
    return texts.clone();
  }

  /** The label of a class: a String or a Double. */
  public Object value(int code) {
    return isText() ? (Object) texts[code] : (Object) numbers[code];
  }

  /** The classes as people write them: {@code 3}, not {@code 3.0}. */
  public List<String> names() {
    return isText()
        ? List.of(texts)
        : DoubleStream.of(numbers).mapToObj(ClassLabels::name).toList();
  }

  private static String name(double number) {
    long whole = (long) number;
    return whole == number ? Long.toString(whole) : Double.toString(number);
  }

  /** The code of a number, or −1 if it is none of the classes. */
  public int code(double label) {
    return Math.max(-1, Arrays.binarySearch(numbers, label + 0.0));
  }

  /** The code of a text, or −1 if it is none of the classes. */
  public int code(String label) {
    return Math.max(-1, Arrays.binarySearch(texts, label, BY_CODE_POINT));
  }

  public int[] codes(double[] labels) {
    return DoubleStream.of(labels).mapToInt(this::code).toArray();
  }

  public int[] codes(List<String> labels) {
    return labels.stream().mapToInt(this::code).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClassLabels labels
        && Arrays.equals(numbers, labels.numbers)
        && Arrays.equals(texts, labels.texts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(texts);
  }

  @Override
  public String toString() {
    return names().toString();
  }

  /**
   * Refuses fewer than two classes.
   *
   * @throws InvalidInputException if there are fewer than 2
   */
  public static void requireTwo(int classes) {
    if (classes < 2) {
      throw new InvalidInputException(
          "there is only " + classes + " class; a decoder needs at least 2");
    }
  }
}
