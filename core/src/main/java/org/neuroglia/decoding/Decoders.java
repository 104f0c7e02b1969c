package org.neuroglia.decoding;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.neuroglia.InvalidInputException;

/**
 * The decoders by the names that a command line or a notebook calls them; a new one adds its line.
 */
public final class Decoders {
  private static final Map<String, Decoder> BY_NAME =
      new TreeMap<>(
          Map.of(
              "lda", new LinearDiscriminantAnalysis(),
              "qda", new QuadraticDiscriminantAnalysis(),
              "gnb", new GaussianNB(),
              "knn", new KNeighborsClassifier()));

  private Decoders() {}

  /** The names that there are. */
  public static SortedSet<String> names() {
    return new TreeSet<>(BY_NAME.keySet());
  }

  /**
   * The decoder of this name, with its default settings.
   *
   * @throws InvalidInputException if there is none
   */
  public static Decoder named(String name) {
    Decoder decoder = BY_NAME.get(name);
    if (decoder == null) {
      throw new InvalidInputException(
          "there is no decoder \"" + name + "\"; there are " + String.join(", ", names()));
    }
    return decoder;
  }
}
