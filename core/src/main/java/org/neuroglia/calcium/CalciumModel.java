package org.neuroglia.calcium;

import java.util.Locale;
import org.neuroglia.InvalidInputException;

/** The course of calcium after an event. */
public enum CalciumModel {
  /** It is up at once and decays. */
  EXPONENTIAL(1),
  /** It rises, then decays. */
  DOUBLE_EXPONENTIAL(2);

  private final int order;

  CalciumModel(int order) {
    this.order = order;
  }

  /** The number of its {@link TimeConstants}. */
  public int order() {
    return order;
  }

  /** Reads {@code exponential} or {@code double_exponential}. */
  public static CalciumModel parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "exponential" -> EXPONENTIAL;
      case "double_exponential" -> DOUBLE_EXPONENTIAL;
      default ->
          throw new InvalidInputException(
              "There is no calcium model '"
                  + text
                  + "': exponential or double_exponential is accepted.");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
