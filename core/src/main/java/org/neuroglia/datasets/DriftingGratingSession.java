package org.neuroglia.datasets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.neuroglia.nwb.Nwb1Writer;

/**
 * A made-up recording of visual cortex: gratings drift in several directions at several temporal
 * frequencies, each for two seconds and followed by a gray second, in random order, every condition
 * once per block, while units fire. Now and then the screen stays blank. Nothing in it is real
 * data.
 *
 * <p>A unit prefers a direction and, less, the opposite one, and a temporal frequency; how sharply
 * is its own. Spike trains are inhomogeneous Poisson processes whose rate is constant within a
 * presentation and within a gap, shifted by the unit's latency; a unit's rate drifts slowly, and
 * all share one gain per presentation. Rates do not follow the phase of a grating. Spikes lie on a
 * 30 kHz grid, at most one of a unit in a sample.
 *
 * <p>The same settings give the same numbers on every machine and Java version, and units may be
 * made in any order, as of {@link NaturalImageSession}.
 */
public final class DriftingGratingSession implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String WHAT = "A drifting grating session";

  /** Samples per second of the pretended recording. */
  public static final double SAMPLING_RATE = 30_000.0;

  /** The name of the table of presentations in {@link #toNwb()}. */
  public static final String PRESENTATIONS = "drifting_gratings";

  private static final double PRESENTATION_SECONDS = 2.0;
  private static final double GAP_SECONDS = 1.0;
  private static final double SECONDS_AFTER_LAST = 25.0;

  /** Of the base rate, where nothing is shown. */
  private static final double SPONTANEOUS = 0.6;

  private final Settings settings;
  private final Population population;
  private final double[] times;
  private final int[] conditions;
  private final double[] gains;

  /**
   * What a session is made from; the defaults are those of {@link Builder}.
   *
   * @param units how many units, silent ones included
   * @param silentUnits how many of the units never fire
   * @param directions how many directions of drift, evenly spread from 0° on
   * @param temporalFrequencies in cycles per second
   * @param repeats how often every condition is shown
   * @param blanksPerRepeat how often the screen stays blank in a block
   * @param firstGrating time of the first presentation, in seconds
   * @param meanRate mean base rate over the units, in spikes per second
   * @param tuning how strongly rates depend on the grating; 0 means not at all
   * @param seed everything random follows from it
   */
  public record Settings(
      int units,
      int silentUnits,
      int directions,
      List<Double> temporalFrequencies,
      int repeats,
      int blanksPerRepeat,
      double firstGrating,
      double meanRate,
      double tuning,
      long seed)
      implements Serializable {

    /** Checks that such a session can be made. */
    public Settings {
      temporalFrequencies = List.copyOf(temporalFrequencies);
      require(units >= 1, "units", units, "at least 1");
      require(
          silentUnits >= 0 && silentUnits <= units, "silentUnits", silentUnits, "0 to " + units);
      require(directions >= 1, "directions", directions, "at least 1");
      require(
          !temporalFrequencies.isEmpty()
              && temporalFrequencies.stream().allMatch(f -> f > 0 && f <= 1000)
              && temporalFrequencies.stream().distinct().count() == temporalFrequencies.size(),
          "temporalFrequencies",
          temporalFrequencies,
          "at least one, each above 0, at most 1000 Hz, none twice");
      require(repeats >= 1, "repeats", repeats, "at least 1");
      require(blanksPerRepeat >= 0, "blanksPerRepeat", blanksPerRepeat, "0 or more");
      long shown = ((long) directions * temporalFrequencies.size() + blanksPerRepeat) * repeats;
      require(shown <= 10_000_000, "presentations", shown, "at most 10,000,000");
      require(
          firstGrating > 0 && firstGrating < 1e6,
          "firstGrating",
          firstGrating,
          "above 0, below 1e6 s");
      require(meanRate > 0 && meanRate <= 1000, "meanRate", meanRate, "above 0, at most 1000 Hz");
      require(tuning >= 0 && tuning <= 10, "tuning", tuning, "0 to 10");
    }

    private static void require(boolean holds, String name, Object value, String accepted) {
      Accepted.require(holds, WHAT, name, value, accepted);
    }

    private int conditions() {
      return directions * temporalFrequencies.size();
    }
  }

  private DriftingGratingSession(Settings settings) {
    this.settings = settings;
    Random random = new Random(settings.seed());
    this.population =
        Population.draw(settings.units(), settings.silentUnits(), settings.meanRate(), random);

    Random presentation = new Random(random.nextLong());
    int perBlock = settings.conditions() + settings.blanksPerRepeat();
    this.conditions = BlockOrder.draw(perBlock, settings.repeats(), presentation);
    this.times = new double[conditions.length];
    this.gains = new double[conditions.length];
    for (int e = 0; e < times.length; e++) {
      conditions[e] = Math.min(conditions[e], settings.conditions());
      times[e] = settings.firstGrating() + e * (PRESENTATION_SECONDS + GAP_SECONDS);
      gains[e] = StrictMath.exp(0.12 * presentation.nextGaussian());
    }
  }

  /** The session with all defaults: 69 units, 8 directions × 5 frequencies × 15 repeats. */
  public static DriftingGratingSession create() {
    return builder().build();
  }

  public static Builder builder() {
    return new Builder();
  }

  public Settings settings() {
    return settings;
  }

  /** The units' labels: numbers as text, in numerical order. */
  public List<String> units() {
    return population.labels();
  }

  /** Number of presentations, blank ones included. */
  public int events() {
    return times.length;
  }

  /** When each presentation began, in seconds, ascending. */
  public double[] times() {
    return times.clone();
  }

  /** When each presentation ended: a second before the next one began. */
  public double[] endTimes() {
    return Arrays.stream(times).map(time -> time + PRESENTATION_SECONDS).toArray();
  }

  /**
   * What each presentation showed: direction × number of frequencies + frequency, each counted from
   * 0; where it was blank, the number of conditions.
   */
  public int[] conditions() {
    return conditions.clone();
  }

  /** The direction of drift of each presentation, in degrees; NaN where it was blank. */
  public double[] directions() {
    return Arrays.stream(conditions).mapToDouble(this::direction).toArray();
  }

  /** Cycles per second of each presentation; NaN where it was blank. */
  public double[] temporalFrequencies() {
    return Arrays.stream(conditions).mapToDouble(this::temporalFrequency).toArray();
  }

  private boolean isBlank(int condition) {
    return condition == settings.conditions();
  }

  private double direction(int condition) {
    int direction = condition / settings.temporalFrequencies().size();
    return isBlank(condition) ? Double.NaN : direction * 360.0 / settings.directions();
  }

  private double temporalFrequency(int condition) {
    int frequency = condition % settings.temporalFrequencies().size();
    return isBlank(condition) ? Double.NaN : settings.temporalFrequencies().get(frequency);
  }

  /**
   * The spike times of one unit, in seconds, strictly ascending; made anew by every call.
   *
   * @param unit position in {@link #units()}
   */
  public double[] train(int unit) {
    double base = population.baseRates()[unit];
    if (base == 0) {
      return new double[0];
    }
    Random random = new Random(population.seeds()[unit]);
    double[] responses = responses(random);
    double latency = 0.045 + 0.05 * random.nextDouble();
    double driftPhase = 2 * StrictMath.PI * random.nextDouble();
    double driftDepth = 0.35 * random.nextDouble();

    PoissonTrain train = new PoissonTrain(random, SAMPLING_RATE);
    train.addSegment(0, times[0] + latency, base * SPONTANEOUS);
    for (int e = 0; e < times.length; e++) {
      double start = times[e] + latency;
      double stop = start + PRESENTATION_SECONDS;
      double next = e + 1 < times.length ? times[e + 1] + latency : duration();
      double drift = 1 + driftDepth * StrictMath.sin(2 * StrictMath.PI * start / 1700 + driftPhase);
      train.addSegment(start, stop, base * drift * gains[e] * responses[conditions[e]]);
      train.addSegment(stop, next, base * drift * SPONTANEOUS);
    }
    return train.times();
  }

  /** A unit's rate in each condition, and at last where it is blank, as parts of its base rate. */
  private double[] responses(Random random) {
    double preferred = 2 * StrictMath.PI * random.nextDouble();
    double sharpness = 1 + 3 * random.nextDouble();
    double opposite = random.nextDouble();
    double frequency = StrictMath.exp(StrictMath.log(2.5) + 0.7 * random.nextGaussian());
    double octaves = 1 + random.nextDouble();
    double strength = settings.tuning() * 2 * random.nextDouble();
    double[] responses = new double[settings.conditions() + 1];
    for (int c = 0; c < settings.conditions(); c++) {
      double angle = direction(c) * StrictMath.PI / 180 - preferred;
      double bump =
          StrictMath.exp(sharpness * (StrictMath.cos(angle) - 1))
              + opposite * StrictMath.exp(sharpness * (-StrictMath.cos(angle) - 1));
      double away = StrictMath.log(temporalFrequency(c) / frequency) / StrictMath.log(2) / octaves;
      responses[c] = SPONTANEOUS + strength * bump * StrictMath.exp(-0.5 * away * away);
    }
    responses[settings.conditions()] = SPONTANEOUS;
    return responses;
  }

  /** The spike times of all units, in the order of {@link #units()}. */
  public double[][] trains() {
    double[][] trains = new double[settings.units()][];
    Arrays.parallelSetAll(trains, this::train);
    return trains;
  }

  /** Length of the recording in seconds. */
  public double duration() {
    return StrictMath.ceil(times[times.length - 1] + PRESENTATION_SECONDS + SECONDS_AFTER_LAST);
  }

  /**
   * The session as an NWB 1 file yet to be written: units of the area V1, and presentations whose
   * columns are time, end time, {@linkplain #conditions condition}, direction and temporal
   * frequency, the last two NaN where the screen was blank.
   */
  public Nwb1Writer toNwb() {
    return new Nwb1Writer("synthetic drifting grating session, seed " + settings.seed())
        .sessionId("synthetic_gratings_" + settings.seed())
        .sessionDescription("Generated by neuroglia (" + settings + "); not real data")
        .units("V1", units(), trains())
        .presentation(PRESENTATIONS, presentations());
  }

  /** A row per presentation, with the columns that {@link #toNwb} tells. */
  double[][] presentations() {
    double[] endTimes = endTimes();
    double[][] presentations = new double[times.length][];
    Arrays.setAll(
        presentations,
        e ->
            new double[] {
              times[e],
              endTimes[e],
              conditions[e],
              direction(conditions[e]),
              temporalFrequency(conditions[e])
            });
    return presentations;
  }

  /**
   * Sets what should differ from the default session: 69 units with a mean base rate of 5.3 spikes
   * per second and a tuning of 1; every condition is shown 15 times.
   */
  public static final class Builder extends PresentationSessionBuilder<Builder> {
    private int directions = 8;
    private List<Double> temporalFrequencies = List.of(1.0, 2.0, 4.0, 8.0, 15.0);
    private int blanksPerRepeat = 2;
    private double firstGrating = 30;

    private Builder() {
      super(69, 5.3, 15, 1);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Number of directions, evenly spread; default 8. */
    public Builder directions(int value) {
      this.directions = value;
      return this;
    }

    /** In cycles per second; default 1, 2, 4, 8 and 15. */
    public Builder temporalFrequencies(double... values) {
      this.temporalFrequencies = Arrays.stream(values).boxed().toList();
      return this;
    }

    /** How often the screen stays blank in a block of all conditions; default 2, 0 for never. */
    public Builder blanksPerRepeat(int value) {
      this.blanksPerRepeat = value;
      return this;
    }

    /** Time of the first presentation in seconds; default 30. */
    public Builder firstGrating(double value) {
      this.firstGrating = value;
      return this;
    }

    public DriftingGratingSession build() {
      return new DriftingGratingSession(
          new Settings(
              units,
              silentUnits,
              directions,
              temporalFrequencies,
              repeats,
              blanksPerRepeat,
              firstGrating,
              meanRate,
              tuning,
              seed));
    }
  }
}
