package org.neuroglia.datasets;

import java.io.Serializable;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.neuroglia.nwb.Nwb1Writer;

/**
 * A made-up recording of several brain areas while an animal chooses left or right, trial by trial.
 * Nothing in it is real data.
 *
 * <p>Behaviour is autocorrelated, as it is in animals: the rewarded side comes in blocks of 20 to
 * 100 trials, a choice follows the block and the choice before, and the speed of the wheel is a
 * first-order autoregressive process. Each trial shows one of a few images, in random order, every
 * image once in so many trials.
 *
 * <p>Units fire as inhomogeneous Poisson processes whose rate is constant within a trial and within
 * the pause after it, shifted by the unit's latency. Of each area a share of the units is tuned to
 * the choice, the images and the speed ({@link BrainArea}); the others know nothing of them. What
 * the brain knows of a choice is noisy, and all units share that noise, so that no number of units
 * tells every choice. Base rates are log-normal over the units; a rate drifts slowly and shares one
 * gain per trial with all the others. Spikes lie on a 30 kHz grid, at most one of a unit in a
 * sample.
 *
 * <p>The same settings give the same numbers on every machine and Java version: {@link Random} and
 * {@link StrictMath} are specified to the bit. Every unit has a seed of its own, so {@link
 * #train(int)} may be called in any order and from any thread.
 */
public final class ChoiceTaskSession implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Samples per second of the pretended recording. */
  public static final double SAMPLING_RATE = 30_000.0;

  /** The name of the table of trials in {@link #toNwb()}. */
  public static final String TRIALS = "trials";

  /** The columns of the table of trials, but for their times. */
  public static final List<String> COLUMNS =
      List.of("duration", "choice", "block", "probability_right", "image_id", "wheel_speed");

  private static final double SECONDS_BEFORE_FIRST = 10.0;
  private static final double SECONDS_AFTER_LAST = 10.0;

  /** How likely the rewarded side is the one that the block prefers. */
  private static final double BLOCK_BIAS = 0.8;

  /** Correlation of the speed, on a logarithmic scale, with that of the trial before. */
  private static final double SPEED_CORRELATION = 0.8;

  /** Standard deviation of the noise in what all units know of a choice, which is −1 or 1. */
  private static final double CHOICE_NOISE = 0.6;

  /** Of the base rate, between trials. */
  private static final double SPONTANEOUS = 0.8;

  private final Settings settings;
  private final Population population;
  private final int[] areaEnds;
  private final double[] times;
  private final double[] durations;
  private final int[] choices;
  private final int[] blocks;
  private final double[] probabilitiesRight;
  private final int[] imageIds;
  private final double[] logSpeeds;
  private final double[] choiceSignals;
  private final double[] logGains;

  /**
   * What a session is made from; the defaults are those of {@link Builder}.
   *
   * @param name names the session; the same settings with another name give the same numbers
   * @param units how many units, spread over all areas
   * @param trials how many trials, each 1 to 1.5 s after the one before
   * @param images how many different images
   * @param meanRate mean base rate over the units, in spikes per second
   * @param seed everything random follows from it
   */
  public record Settings(String name, int units, int trials, int images, double meanRate, long seed)
      implements Serializable {

    /** Checks that such a session can be made. */
    public Settings {
      require(!name.isBlank(), "the name", "'" + name + "'", "a text that is not blank");
      int areas = BrainArea.ALL.size();
      require(units >= areas, "units", units, "at least " + areas + ", one for each brain area");
      require(units <= 100_000, "units", units, "at most 100,000");
      require(trials >= 1 && trials <= 1_000_000, "trials", trials, "1 to 1,000,000");
      require(images >= 1 && images <= 10_000, "images", images, "1 to 10,000");
      require(meanRate > 0 && meanRate <= 1000, "meanRate", meanRate, "above 0, at most 1000 Hz");
    }

    private static void require(boolean holds, String name, Object value, String accepted) {
      Accepted.require(holds, "A choice task session", name, value, accepted);
    }
  }

  private ChoiceTaskSession(Settings settings) {
    this.settings = settings;
    Random random = new Random(settings.seed());
    this.population = Population.draw(settings.units(), 0, settings.meanRate(), random);
    this.areaEnds = areaEnds(settings.units(), new Random(random.nextLong()));

    int trials = settings.trials();
    this.times = new double[trials];
    this.durations = new double[trials];
    drawTimes(new Random(random.nextLong()));
    this.choices = new int[trials];
    this.blocks = new int[trials];
    this.probabilitiesRight = new double[trials];
    drawChoices(new Random(random.nextLong()));
    this.imageIds = drawImages(new Random(random.nextLong()));
    this.logSpeeds = drawSpeeds(new Random(random.nextLong()));
    this.choiceSignals = new double[trials];
    this.logGains = new double[trials];
    drawSignals(new Random(random.nextLong()));
  }

  /** Every area has a unit; the others are spread by weights that are the session's own. */
  private static int[] areaEnds(int units, Random random) {
    int areas = BrainArea.ALL.size();
    double[] cumulated = new double[areas];
    double sum = 0;
    for (int a = 0; a < areas; a++) {
      sum += 0.5 + random.nextDouble();
      cumulated[a] = sum;
    }
    int[] ends = new int[areas];
    for (int a = 0; a < areas; a++) {
      ends[a] = a + 1 + (int) StrictMath.rint((units - areas) * cumulated[a] / sum);
    }
    return ends;
  }

  private void drawTimes(Random random) {
    double time = SECONDS_BEFORE_FIRST;
    for (int t = 0; t < times.length; t++) {
      times[t] = time;
      durations[t] = 0.6 + 0.2 * random.nextDouble();
      time += 1 + 0.5 * random.nextDouble();
    }
  }

  private void drawChoices(Random random) {
    boolean right = random.nextBoolean();
    int left = 0;
    int block = -1;
    int before = random.nextInt(2);
    for (int t = 0; t < choices.length; t++) {
      if (left == 0) {
        right = !right;
        block++;
        left = (int) Math.min(100, 20 + 40 * PoissonTrain.exponential(random));
      }
      left--;
      blocks[t] = block;
      probabilitiesRight[t] = right ? BLOCK_BIAS : 1 - BLOCK_BIAS;
      double rewarded = random.nextDouble() < probabilitiesRight[t] ? 1 : -1;
      double drive = 1.2 * rewarded + 0.6 * (2 * before - 1);
      before = random.nextDouble() < 1 / (1 + StrictMath.exp(-drive)) ? 1 : 0;
      choices[t] = before;
    }
  }

  private int[] drawImages(Random random) {
    int trials = settings.trials();
    int images = settings.images();
    return Arrays.copyOf(BlockOrder.draw(images, (trials + images - 1) / images, random), trials);
  }

  private double[] drawSpeeds(Random random) {
    double[] speeds = new double[settings.trials()];
    double innovation = StrictMath.sqrt(1 - SPEED_CORRELATION * SPEED_CORRELATION);
    double speed = random.nextGaussian();
    for (int t = 0; t < speeds.length; t++) {
      speeds[t] = speed;
      speed = SPEED_CORRELATION * speed + innovation * random.nextGaussian();
    }
    return speeds;
  }

  private void drawSignals(Random random) {
    for (int t = 0; t < choices.length; t++) {
      choiceSignals[t] = 2 * choices[t] - 1 + CHOICE_NOISE * random.nextGaussian();
      logGains[t] = 0.12 * random.nextGaussian();
    }
  }

  /** A session with all defaults but the seed. */
  public static ChoiceTaskSession create(long seed) {
    return builder().seed(seed).build();
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

  /**
   * The area of a unit; units of an area stand together.
   *
   * @param unit position in {@link #units()}
   */
  public BrainArea area(int unit) {
    int area = 0;
    while (areaEnds[area] <= unit) {
      area++;
    }
    return BrainArea.ALL.get(area);
  }

  /** Number of trials. */
  public int trials() {
    return times.length;
  }

  /** When each trial began, in seconds, ascending. */
  public double[] times() {
    return times.clone();
  }

  /** How long each trial took, in seconds. */
  public double[] durations() {
    return durations.clone();
  }

  /** What was chosen in each trial: 0 is left, 1 is right. */
  public int[] choices() {
    return choices.clone();
  }

  /** The block of each trial, counted from 0. */
  public int[] blocks() {
    return blocks.clone();
  }

  /** How likely right was the rewarded side in each trial. */
  public double[] probabilitiesRight() {
    return probabilitiesRight.clone();
  }

  /** Which image each trial showed, 0 to images − 1. */
  public int[] imageIds() {
    return imageIds.clone();
  }

  /** How fast the wheel was turned in each trial, in radians per second; above 0. */
  public double[] wheelSpeeds() {
    return Arrays.stream(logSpeeds).map(speed -> 2 * StrictMath.exp(0.5 * speed)).toArray();
  }

  /** Length of the recording in seconds. */
  public double duration() {
    return StrictMath.ceil(times[times.length - 1] + SECONDS_AFTER_LAST);
  }

  /**
   * The spike times of one unit, in seconds, strictly ascending; made anew by every call.
   *
   * @param unit position in {@link #units()}
   */
  public double[] train(int unit) {
    BrainArea area = area(unit);
    Random random = new Random(population.seeds()[unit]);
    double choice = tuning(random, area.choice(), 0.3);
    double speed = tuning(random, area.speed(), 0.3);
    double image = Math.abs(tuning(random, area.image(), 0.5));
    double[] logImages = random.doubles(settings.images()).map(u -> 3.46 * (u - 0.5)).toArray();
    double latency = 0.04 + 0.06 * random.nextDouble();
    double driftPhase = 2 * StrictMath.PI * random.nextDouble();
    double driftDepth = 0.3 * random.nextDouble();
    // What brings the mean of the factors of a log-normal rate back to 1.
    double mean = 0.5 * (choice * choice + speed * speed + image * image);

    double base = population.baseRates()[unit];
    double stop = duration();
    PoissonTrain train = new PoissonTrain(random, SAMPLING_RATE);
    train.addSegment(0, times[0] + latency, SPONTANEOUS * base);
    for (int t = 0; t < times.length; t++) {
      double start = times[t] + latency;
      double end = start + durations[t];
      double next = t + 1 < times.length ? times[t + 1] + latency : stop;
      double logRate =
          logGains[t]
              + choice * choiceSignals[t]
              + speed * logSpeeds[t]
              + image * logImages[imageIds[t]]
              - mean;
      double drift = 1 + driftDepth * StrictMath.sin(2 * StrictMath.PI * start / 900 + driftPhase);
      train.addSegment(start, end, base * drift * StrictMath.exp(logRate));
      train.addSegment(end, next, base * drift * SPONTANEOUS);
    }
    return train.times();
  }

  /** A normal deviate for the share of the units that is tuned, 0 for the others. */
  private static double tuning(Random random, double share, double deviation) {
    boolean tuned = random.nextDouble() < share;
    double strength = deviation * random.nextGaussian();
    return tuned ? strength : 0;
  }

  /**
   * The session as an NWB 1 file yet to be written: units of each area, and {@link #TRIALS} with
   * the columns {@link #COLUMNS}.
   */
  public Nwb1Writer toNwb() {
    Nwb1Writer nwb =
        new Nwb1Writer("synthetic choice task session " + settings.name())
            .sessionId(settings.name())
            .sessionDescription("Generated by neuroglia (" + settings + "); not real data")
            .sessionStartTime(OffsetDateTime.of(2018, 10, 16, 8, 0, 0, 0, ZoneOffset.UTC));
    int from = 0;
    for (int a = 0; a < areaEnds.length; a++) {
      int first = from;
      double[][] trains = new double[areaEnds[a] - first][];
      Arrays.setAll(trains, unit -> train(first + unit));
      nwb.units(BrainArea.ALL.get(a).name(), units().subList(first, areaEnds[a]), trains);
      from = areaEnds[a];
    }
    double[] speeds = wheelSpeeds();
    double[][] features = new double[times.length][];
    Arrays.setAll(
        features,
        t ->
            new double[] {
              durations[t], choices[t], blocks[t], probabilitiesRight[t], imageIds[t], speeds[t]
            });
    return nwb.presentation(TRIALS, times, COLUMNS, features);
  }

  /**
   * Sets what should differ from the default session: 110 units with a mean base rate of 3.3 spikes
   * per second.
   */
  public static final class Builder extends SessionBuilder<Builder> {
    private String name = "";
    private int trials = 600;
    private int images = 8;

    private Builder() {
      super(110, 3.3);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Names the session; by default {@code synthetic_} and the seed. */
    public Builder name(String value) {
      this.name = value;
      return this;
    }

    /** Number of trials; default 600. */
    public Builder trials(int value) {
      this.trials = value;
      return this;
    }

    /** Number of images; default 8. */
    public Builder images(int value) {
      this.images = value;
      return this;
    }

    public ChoiceTaskSession build() {
      String called = name.isEmpty() ? "synthetic_" + seed : name;
      return new ChoiceTaskSession(new Settings(called, units, trials, images, meanRate, seed));
    }
  }
}
