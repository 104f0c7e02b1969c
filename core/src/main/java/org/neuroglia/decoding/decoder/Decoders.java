package org.neuroglia.decoding.decoder;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.KNeighborsClassifier.Weights;
import org.neuroglia.decoding.decoder.LinearDiscriminantAnalysis.Solver;
import org.neuroglia.decoding.linalg.Shrinkage;

/**
 * The decoders, and those of their settings that predictions depend on, by the names that a command
 * line or a notebook calls them; a new one adds its entry.
 */
public final class Decoders {
  /**
   * A setting of a decoder.
   *
   * @param name scikit-learn's, in camelCase, where it has one
   * @param standard the value where none is given
   * @param meaning what it does and which values it takes, for a help text
   */
  public record Setting(String name, String standard, String meaning) {}

  /** The setting of decoders of counts: the time that a response is counted over, in seconds. */
  public static final String BIN_WIDTH = "binWidth";

  private record Entry(
      String meaning, List<Setting> settings, Function<DecoderSettings, Decoder> decoder) {}

  private static final Setting PRIORS =
      new Setting(
          "priors",
          "data",
          "probability of each class, in the order of the classes: data (their shares of the"
              + " training events) or numbers such as 0.2,0.8");
  private static final Setting TOL =
      new Setting("tol", "1e-4", "up to which a direction counts as one without variance");

  private static final Map<String, Entry> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put(
        "lda",
        new Entry(
            "linear discriminant analysis",
            List.of(
                new Setting("solver", "svd", "svd, lsqr or eigen"),
                new Setting(
                    "shrinkage",
                    "none",
                    "of the covariance, for the solvers lsqr and eigen: none, auto (Ledoit and"
                        + " Wolf's) or a number from 0 to 1"),
                PRIORS,
                TOL),
            settings ->
                new LinearDiscriminantAnalysis(
                    Solver.parse(settings.text("solver")),
                    Shrinkage.parse(settings.text("shrinkage")),
                    settings.priors("priors"),
                    0,
                    settings.number("tol"),
                    false)));
    BY_NAME.put(
        "qda",
        new Entry(
            "quadratic discriminant analysis",
            List.of(
                new Setting(
                    "regParam",
                    "0",
                    "how far each covariance is drawn towards the identity, 0 to 1; above 0 where"
                        + " a class has fewer events than there are neurons"),
                PRIORS,
                TOL),
            settings ->
                new QuadraticDiscriminantAnalysis(
                    settings.priors("priors"),
                    settings.number("regParam"),
                    settings.number("tol"),
                    false)));
    BY_NAME.put(
        "gnb",
        new Entry(
            "Gaussian naive Bayes",
            List.of(
                new Setting(
                    "varSmoothing",
                    "1e-9",
                    "this share of the largest variance of a neuron is added to every variance"),
                PRIORS),
            settings ->
                new GaussianNB(settings.priors("priors"), settings.number("varSmoothing"))));
    BY_NAME.put(
        "knn",
        new Entry(
            "a vote of the nearest training events",
            List.of(
                new Setting("nNeighbors", "5", "how many events vote"),
                new Setting("weights", "uniform", "what a vote counts: uniform or distance"),
                new Setting("p", "2", "power of the distance: 1 Manhattan, 2 Euclidean")),
            settings ->
                new KNeighborsClassifier(
                    settings.integer("nNeighbors"),
                    Weights.parse(settings.text("weights")),
                    settings.number("p"))));
    BY_NAME.put(
        "pnb",
        new Entry(
            "Poisson naive Bayes, the Bayesian decoder of spike counts; not standardised",
            List.of(
                new Setting(
                    "prior",
                    "data",
                    "probability of each class, in the order of the classes: data (their shares of"
                        + " the training events), uniform or numbers such as 0.2,0.8"),
                new Setting(BIN_WIDTH, "1", "time that a response is counted over, in seconds"),
                new Setting("smoothing", "0.1", "is added to every firing rate, in spikes/s")),
            settings ->
                new PoissonNB(
                    settings.text("prior").equals("uniform")
                        ? ClassPrior.UNIFORM
                        : ClassPrior.of(settings.priors("prior")),
                    settings.number(BIN_WIDTH),
                    settings.number("smoothing"))));
    BY_NAME.put(
        "centroid",
        new Entry("the nearest class mean", List.of(), settings -> new NearestCentroid()));
    BY_NAME.put(
        "correlation",
        new Entry(
            "the class mean that correlates best with the response over the neurons",
            List.of(),
            settings -> new MaximumCorrelation()));
    BY_NAME.put(
        "ridge",
        new Entry(
            "ridge regression to a target of ±1 per class",
            List.of(new Setting("alpha", "1", "of the penalty alpha·|coefficients|², 0 or more")),
            settings -> new RidgeClassifier(settings.number("alpha"))));
  }

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
    return named(name, Map.of());
  }

  /**
   * The decoder of this name.
   *
   * @param settings values by the names of {@link #settings(String)}; others have their default
   * @throws InvalidInputException if there is no such decoder, setting or value
   */
  public static Decoder named(String name, Map<String, String> settings) {
    Entry entry = entry(name);
    return entry.decoder().apply(new DecoderSettings(name, entry.settings(), settings));
  }

  /**
   * Several decoders by their names, in the order given. A setting goes to every one that has it.
   *
   * @throws InvalidInputException if there is no such decoder or value, or a setting that none has
   */
  public static Map<String, Decoder> named(Collection<String> names, Map<String, String> settings) {
    Map<String, Decoder> byName = new LinkedHashMap<>();
    SortedSet<String> without = new TreeSet<>(settings.keySet());
    SortedSet<String> known = new TreeSet<>();
    for (String name : names) {
      List<String> accepted = settings(name).stream().map(Setting::name).toList();
      known.addAll(accepted);
      without.removeAll(accepted);
      Map<String, String> own = new TreeMap<>(settings);
      own.keySet().retainAll(accepted);
      byName.put(name, named(name, own));
    }
    if (!without.isEmpty()) {
      throw new InvalidInputException(
          String.format(
              "\"%s\" is no setting of %s; accepted are %s",
              without.first(),
              String.join(", ", names),
              known.isEmpty() ? "none" : String.join(", ", known)));
    }
    return byName;
  }

  /** Whether a decoder has this setting. */
  public static boolean accepts(String name, String setting) {
    return settings(name).stream().anyMatch(one -> one.name().equals(setting));
  }

  /**
   * The {@link #BIN_WIDTH} of responses that are bins of one window, reduced: the whole window of a
   * sum, and of a mean one bin.
   *
   * @param seconds that the window lasts
   * @param reduce numpy's name of the function that makes one number of the bins
   * @throws InvalidInputException if what it makes of several bins is no count
   */
  public static double binWidth(double seconds, int bins, String reduce) {
    return switch (reduce) {
      case "sum", "nansum" -> seconds;
      case "mean", "nanmean" -> seconds / bins;
      default -> {
        if (bins == 1) {
          yield seconds;
        }
        throw new InvalidInputException(
            "the "
                + reduce
                + " over bins is no count of spikes, which a Poisson decoder takes: reduce by sum,"
                + " or set its "
                + BIN_WIDTH);
      }
    };
  }

  /** What a decoder does, in a few words, for a help text. */
  public static String meaning(String name) {
    return entry(name).meaning();
  }

  /** The settings of a decoder, which may be none. */
  public static List<Setting> settings(String name) {
    return entry(name).settings();
  }

  private static Entry entry(String name) {
    Entry entry = BY_NAME.get(name);
    if (entry == null) {
      throw new InvalidInputException(
          "there is no decoder \"" + name + "\"; there are " + String.join(", ", names()));
    }
    return entry;
  }
}
