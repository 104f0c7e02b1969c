package org.neuroglia.datasets;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Made-up fluorescence: Poisson spikes drive an autoregressive process (calcium), to which a
 * baseline and white noise are added. The numbers are neuroglia's, whose {@code
 * make_calcium_traces} draws them from numpy's random stream; see {@link NumpyRandom}.
 *
 * <p>Spikes of all neurons are drawn first, then the noise of all, neuron by neuron: a neuron's
 * trace depends on how many there are. As in neuroglia, a spike at the first sample does not decay
 * into the second.
 *
 * <p>Source: {@code neuroglia.datasets.synthetic_calcium}; Friedrich, Zhou and Paninski 2017, PLoS
 * Comput. Biol. 13: e1005423.
 */
public final class CalciumTraces {
  private static final String WHAT = "Made-up calcium traces";

  /** The oscillating rate is constant for so many samples. */
  private static final int STAIR = 50;

  private final List<String> neurons;
  private final double[] times;
  private final int[][] spikes;
  private final double[][] calcium;
  private final double[][] traces;

  private CalciumTraces(Builder settings) {
    int n = settings.neurons.size();
    int samples = settings.samples;
    NumpyRandom random = new NumpyRandom(settings.seed);
    this.neurons = settings.neurons;
    this.times = new double[samples];
    Arrays.setAll(times, t -> t / settings.samplingRate);
    this.spikes = new int[n][samples];
    double[] probabilities = settings.probabilities();
    for (int[] train : spikes) {
      for (int t = 0; t < samples; t++) {
        train[t] = random.rand() < probabilities[t] ? 1 : 0;
      }
    }
    this.calcium = new double[n][];
    Arrays.setAll(calcium, neuron -> response(spikes[neuron], settings.coefficients));
    this.traces = new double[n][samples];
    for (int neuron = 0; neuron < n; neuron++) {
      for (int t = 0; t < samples; t++) {
        traces[neuron][t] =
            settings.baseline + calcium[neuron][t] + settings.noise * random.randn();
      }
    }
  }

  private static double[] response(int[] spikes, double[] g) {
    double[] calcium = Arrays.stream(spikes).asDoubleStream().toArray();
    for (int t = 2; t < calcium.length; t++) {
      calcium[t] += g[0] * calcium[t - 1] + (g.length == 2 ? g[1] * calcium[t - 2] : 0);
    }
    return calcium;
  }

  /**
   * As neuroglia's {@code make_calcium_traces}: 0.5 spikes per second, decay 0.95, noise 0.3.
   *
   * @param neurons their labels; at least one
   * @param duration in seconds; there are as many samples as fit into it
   * @param samplingRate samples per second
   * @param oscillation whether the rate goes up and down
   */
  public static CalciumTraces make(
      List<String> neurons, double duration, double samplingRate, boolean oscillation) {
    return builder()
        .neurons(neurons)
        .samplingRate(samplingRate)
        .duration(duration)
        .oscillation(oscillation)
        .build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The neurons' labels. */
  public List<String> neurons() {
    return neurons;
  }

  /** When each sample was taken, in seconds from 0. */
  public double[] times() {
    return times.clone();
  }

  /** Fluorescence with noise, of one neuron at each sample. */
  public double[] trace(int neuron) {
    return traces[neuron].clone();
  }

  /** What the trace is without baseline and noise. */
  public double[] calcium(int neuron) {
    return calcium[neuron].clone();
  }

  /** 1 at the samples with a spike, otherwise 0. */
  public int[] spikes(int neuron) {
    return spikes[neuron].clone();
  }

  /** Sets what should differ from neuroglia's {@code make_calcium_traces()}. */
  public static final class Builder {
    private List<String> neurons =
        IntStream.range(0, 10).mapToObj(neuron -> "neuron_" + neuron).toList();
    private double samplingRate = 30;
    private int samples = 1800;
    private double firingRate = 0.5;
    private double[] coefficients = {0.95};
    private double noise = 0.3;
    private double baseline = 0;
    private boolean oscillation = true;
    private long seed = 13;

    private Builder() {}

    /** Labels, all different; default neuron_0 to neuron_9. */
    public Builder neurons(List<String> labels) {
      Accepted.require(
          !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
          WHAT,
          "the neurons",
          labels,
          "at least one label, and none twice");
      this.neurons = List.copyOf(labels);
      return this;
    }

    /** Samples per second; default 30. */
    public Builder samplingRate(double value) {
      Accepted.require(
          value > 0 && Double.isFinite(value), WHAT, "a sampling rate of", value, "above 0 Hz");
      this.samplingRate = value;
      return this;
    }

    /** Seconds, of which the whole samples count at the sampling rate set before. */
    public Builder duration(double seconds) {
      double fitting = seconds * samplingRate;
      Accepted.require(
          fitting >= 1 && fitting < Integer.MAX_VALUE - 8,
          WHAT,
          "a duration of",
          seconds,
          "at least one sample at " + samplingRate + " Hz, and below 2³¹ samples");
      return samples((int) fitting);
    }

    /** Number of samples; default 1800. */
    public Builder samples(int value) {
      Accepted.require(value >= 1, WHAT, "samples", value, "at least 1");
      this.samples = value;
      return this;
    }

    /** Spikes per second; default 0.5. */
    public Builder firingRate(double value) {
      Accepted.require(value >= 0, WHAT, "a firing rate of", value, "0 Hz or more");
      this.firingRate = value;
      return this;
    }

    /** One or two coefficients of the autoregressive process; default 0.95. */
    public Builder coefficients(double... g) {
      Accepted.require(
          (g.length == 1 || g.length == 2) && Arrays.stream(g).allMatch(Double::isFinite),
          WHAT,
          "the coefficients",
          Arrays.toString(g),
          "one or two numbers");
      this.coefficients = g.clone();
      return this;
    }

    /** Standard deviation of the noise; a spike's calcium is 1; default 0.3. */
    public Builder noise(double value) {
      Accepted.require(value >= 0 && Double.isFinite(value), WHAT, "noise of", value, "0 or more");
      this.noise = value;
      return this;
    }

    /** Default 0. */
    public Builder baseline(double value) {
      Accepted.require(Double.isFinite(value), WHAT, "a baseline of", value, "a number");
      this.baseline = value;
      return this;
    }

    /**
     * Whether the rate follows a cubed sine in stairs of 50 samples, four times as high at its peak
     * and silent half of the time; default true.
     */
    public Builder oscillation(boolean value) {
      this.oscillation = value;
      return this;
    }

    /** As of {@code numpy.random.seed}; default 13. */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    public CalciumTraces build() {
      Accepted.require(
          (long) samples * neurons.size() <= 1_000_000_000L,
          WHAT,
          "neurons × samples",
          (long) samples * neurons.size(),
          "at most 1,000,000,000");
      return new CalciumTraces(this);
    }

    /** How likely each sample has a spike. */
    private double[] probabilities() {
      double[] probabilities = new double[samples];
      for (int t = 0; t < samples; t++) {
        double sine = oscillation ? StrictMath.sin(t / STAIR) : 0;
        probabilities[t] = firingRate / samplingRate * (oscillation ? sine * sine * sine * 4 : 1);
      }
      return probabilities;
    }
  }
}
