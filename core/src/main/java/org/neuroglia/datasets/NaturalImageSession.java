package org.neuroglia.datasets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.neuroglia.nwb.Nwb1Writer;

/**
 * A made-up recording of visual cortex: natural images shown in random order, every image once per
 * block, while units fire. Nothing in it is real data.
 *
 * <p>Spike trains are inhomogeneous Poisson processes whose rate is constant within a presentation,
 * shifted by the unit's latency. Base rates are log-normal over the units; a unit's rate depends on
 * the image (its tuning), drifts slowly, and shares one gain per presentation with all the others.
 * Spikes lie on a 30 kHz grid, at most one of a unit in a sample. With the default sizes, linear
 * discriminant analysis of the spike counts between 0.1 and 0.35 s tells about 38 % of the
 * presentations among 119 images.
 *
 * <p>The same settings give the same numbers on every machine and Java version: {@link Random} and
 * {@link StrictMath} are specified to the bit. Every unit has a seed of its own, so {@link
 * #train(int)} may be called in any order, from any thread, or on the machines of a cluster.
 */
public final class NaturalImageSession implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Samples per second of the pretended recording. */
  public static final double SAMPLING_RATE = 30_000.0;

  /** The name of the table of presentations in {@link #toNwb()}. */
  public static final String PRESENTATIONS = "natural_images";

  /** 15 frames of a 59.98 Hz monitor. */
  private static final double PRESENTATION_SECONDS = 15 / 59.98;

  private static final double SECONDS_AFTER_LAST = 25.0;

  private final Settings settings;
  private final Population population;
  private final double[] times;
  private final double[] endTimes;
  private final int[] imageIds;
  private final double[] gains;

  /**
   * What a session is made from; the defaults are those of {@link Builder}.
   *
   * @param units how many units, silent ones included
   * @param silentUnits how many of the units never fire
   * @param images how many different images
   * @param repeats how often every image is shown
   * @param firstImage time of the first presentation, in seconds; before it, activity is
   *     spontaneous
   * @param meanRate mean base rate over the units, in spikes per second
   * @param tuning how strongly rates depend on the image; 0 means not at all
   * @param seed everything random follows from it
   */
  public record Settings(
      int units,
      int silentUnits,
      int images,
      int repeats,
      double firstImage,
      double meanRate,
      double tuning,
      long seed)
      implements Serializable {

    /** Checks that such a session can be made. */
    public Settings {
      require(units >= 1, "units", units, "at least 1");
      require(
          silentUnits >= 0 && silentUnits <= units, "silentUnits", silentUnits, "0 to " + units);
      require(images >= 1, "images", images, "at least 1");
      require(repeats >= 1, "repeats", repeats, "at least 1");
      require(
          (long) images * repeats <= 10_000_000,
          "images × repeats",
          (long) images * repeats,
          "at most 10,000,000");
      require(firstImage > 0 && firstImage < 1e6, "firstImage", firstImage, "above 0, below 1e6 s");
      require(meanRate > 0 && meanRate <= 1000, "meanRate", meanRate, "above 0, at most 1000 Hz");
      require(tuning >= 0 && tuning <= 10, "tuning", tuning, "0 to 10");
    }

    private static void require(boolean holds, String name, Number value, String accepted) {
      Accepted.require(holds, "A natural image session", name, value, accepted);
    }
  }

  private NaturalImageSession(Settings settings) {
    this.settings = settings;
    Random random = new Random(settings.seed());
    this.population =
        Population.draw(settings.units(), settings.silentUnits(), settings.meanRate(), random);

    Random presentation = new Random(random.nextLong());
    int events = settings.images() * settings.repeats();
    this.imageIds = BlockOrder.draw(settings.images(), settings.repeats(), presentation);
    this.times = new double[events];
    this.endTimes = new double[events];
    this.gains = new double[events];
    double time = settings.firstImage();
    for (int e = 0; e < events; e++) {
      times[e] = time;
      time += PRESENTATION_SECONDS + frameJitter(presentation);
      endTimes[e] = time;
      gains[e] = StrictMath.exp(0.12 * presentation.nextGaussian());
    }
  }

  /** The session with all defaults: 69 units, 119 images × 50 repeats. */
  public static NaturalImageSession create() {
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

  /** Number of presentations. */
  public int events() {
    return times.length;
  }

  /** When each presentation began, in seconds, ascending. */
  public double[] times() {
    return times.clone();
  }

  /** When each presentation ended: when the next one began. */
  public double[] endTimes() {
    return endTimes.clone();
  }

  /** Which image each presentation showed, 0 to images − 1. */
  public int[] imageIds() {
    return imageIds.clone();
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
    double[] imageFactors = imageFactors(random);
    double latency = 0.045 + 0.05 * random.nextDouble();
    double driftPhase = 2 * StrictMath.PI * random.nextDouble();
    double driftDepth = 0.35 * random.nextDouble();

    PoissonTrain train = new PoissonTrain(random, SAMPLING_RATE);
    int last = times.length - 1;
    for (int segment = -1; segment <= last + 1; segment++) {
      boolean spontaneous = segment < 0 || segment > last;
      double start =
          segment < 0 ? 0 : segment > last ? endTimes[last] + latency : times[segment] + latency;
      double stop =
          segment < 0
              ? times[0] + latency
              : segment > last ? duration() : endTimes[segment] + latency;
      double drift =
          1
              + driftDepth
                  * StrictMath.sin(2 * StrictMath.PI * 0.5 * (start + stop) / 1700 + driftPhase);
      double response = spontaneous ? 0.8 : imageFactors[imageIds[segment]] * gains[segment];
      train.addSegment(start, stop, base * response * drift);
    }
    return train.times();
  }

  /** The spike times of all units, in the order of {@link #units()}. */
  public double[][] trains() {
    double[][] trains = new double[settings.units()][];
    Arrays.parallelSetAll(trains, this::train);
    return trains;
  }

  /** Length of the recording in seconds. */
  public double duration() {
    return StrictMath.ceil(endTimes[endTimes.length - 1] + SECONDS_AFTER_LAST);
  }

  /**
   * The session as an NWB 1 file yet to be written: units of the area V1, and presentations whose
   * columns are time, end time and image.
   */
  public Nwb1Writer toNwb() {
    double[][] presentations = new double[times.length][];
    Arrays.setAll(presentations, e -> new double[] {times[e], endTimes[e], imageIds[e]});
    return new Nwb1Writer("synthetic natural image session, seed " + settings.seed())
        .sessionId("synthetic_" + settings.seed())
        .sessionDescription("Generated by neuroglia (" + settings + "); not real data")
        .units("V1", units(), trains())
        .presentation(PRESENTATIONS, presentations);
  }

  /** Now and then a presentation is a little short or long; the monitor's clock jitters too. */
  private static double frameJitter(Random random) {
    int slip = random.nextInt(7);
    double frames = slip == 0 ? -0.0025 : slip == 1 ? 0.0025 : 0;
    return frames + 2e-4 * random.nextGaussian();
  }

  /** Log-normal factors with mean 1; how far they spread is the unit's own. */
  private double[] imageFactors(Random random) {
    // A gamma deviate with shape 2 and scale 0.5.
    double width =
        settings.tuning()
            * 0.5
            * (PoissonTrain.exponential(random) + PoissonTrain.exponential(random));
    double[] factors = new double[settings.images()];
    for (int image = 0; image < factors.length; image++) {
      factors[image] = StrictMath.exp(width * random.nextGaussian() - 0.5 * width * width);
    }
    return factors;
  }

  /**
   * Sets what should differ from the default session: 69 units with a mean base rate of 5.3 spikes
   * per second and a tuning of 0.3; every image is shown 50 times.
   */
  public static final class Builder extends PresentationSessionBuilder<Builder> {
    private int images = 119;
    private double firstImage = 1986.37;

    private Builder() {
      super(69, 5.3, 50, 0.3);
    }

    @Override
    Builder self() {
      return this;
    }

    /** Number of images; default 119. */
    public Builder images(int value) {
      this.images = value;
      return this;
    }

    /** Time of the first presentation in seconds; default 1986.37. */
    public Builder firstImage(double value) {
      this.firstImage = value;
      return this;
    }

    public NaturalImageSession build() {
      return new NaturalImageSession(
          new Settings(units, silentUnits, images, repeats, firstImage, meanRate, tuning, seed));
    }
  }
}
