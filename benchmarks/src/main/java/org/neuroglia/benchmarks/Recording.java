package org.neuroglia.benchmarks;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Spikes and events of one made-up session, of any size, the same for the same arguments.
 *
 * <p>Images are shown every 0.25 s in blocks of 100, with pauses as long as the blocks, so that
 * about half of the spikes lie in windows of 0.25 s. Neurons differ in rate as cortical ones do
 * (log-normally); spikes lie on the 30 kHz grid of the amplifier. A train is made slice by slice of
 * the time, each from a seed of its own, so that rows can be written in order of time without
 * sorting the whole recording.
 */
public final class Recording implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Slices of the time that can be made apart. */
  public static final int SLICES = 8;

  private static final double SAMPLING_RATE = 30_000;
  private static final double SECONDS_PER_EVENT = 0.25;
  private static final int BLOCK = 100;
  private static final int IMAGES = 119;
  private static final double PAUSE = BLOCK * SECONDS_PER_EVENT;

  private final long seed;
  private final int session;
  private final int eventCount;
  private final int[] spikesOfNeuron;

  /**
   * @param seed of the random numbers
   * @param session number of the session, from 0
   * @param spikes of all neurons together
   * @param neurons at least 1
   * @param events at least 1
   */
  public Recording(long seed, int session, long spikes, int neurons, int events) {
    this.seed = seed;
    this.session = session;
    this.eventCount = events;
    this.spikesOfNeuron = shares(spikes, neurons);
  }

  /** Log-normal shares (sigma 0.8) that add up to the spikes. */
  private int[] shares(long spikes, int neurons) {
    NormalDeviates normal = new NormalDeviates(random(-1, 0));
    double[] weights = new double[neurons];
    Arrays.setAll(weights, k -> Math.exp(0.8 * normal.next()));
    double total = Arrays.stream(weights).sum();
    int[] shares = new int[neurons];
    double ends = 0;
    long given = 0;
    for (int k = 0; k < neurons; k++) {
      ends += weights[k];
      long upTo = k == neurons - 1 ? spikes : Math.round(spikes * (ends / total));
      shares[k] = Math.toIntExact(upTo - given);
      given = upTo;
    }
    return shares;
  }

  public String sessionName() {
    return String.format("session-%03d", session);
  }

  public int neurons() {
    return spikesOfNeuron.length;
  }

  public int events() {
    return eventCount;
  }

  public long spikes() {
    return Arrays.stream(spikesOfNeuron).asLongStream().sum();
  }

  /** Seconds from the start to the end, a pause at each. */
  public double duration() {
    int blocks = (eventCount + BLOCK - 1) / BLOCK;
    return PAUSE + eventCount * SECONDS_PER_EVENT + blocks * PAUSE;
  }

  /** Times of the events in seconds, ascending. */
  public double[] eventTimes() {
    SplittableRandom random = random(-2, 0);
    double[] times = new double[eventCount];
    for (int e = 0; e < eventCount; e++) {
      double display = 0.004 * random.nextDouble(); // a screen is not as regular as its clock
      times[e] = PAUSE + e * SECONDS_PER_EVENT + (e / BLOCK) * PAUSE + display;
    }
    return times;
  }

  /** The image that each event showed, 0 to 118. */
  public int[] imageIds() {
    SplittableRandom random = random(-3, 0);
    int[] images = new int[eventCount];
    Arrays.setAll(images, e -> random.nextInt(IMAGES));
    return images;
  }

  /** Spike times of a neuron in seconds, ascending. */
  public double[] train(int neuron) {
    double[] train = new double[spikesOfNeuron[neuron]];
    for (int slice = 0; slice < SLICES; slice++) {
      long[] ticks = ticks(neuron, slice);
      int from = first(neuron, slice);
      for (int i = 0; i < ticks.length; i++) {
        train[from + i] = seconds(ticks[i]);
      }
    }
    return train;
  }

  public double[][] trains() {
    double[][] trains = new double[neurons()][];
    Arrays.setAll(trains, this::train);
    return trains;
  }

  /**
   * All spikes of one slice of the time in order of time, spikes of one time in order of neurons.
   *
   * @return packed: see {@link #tick} and {@link #neuron}
   */
  public long[] slice(int slice) {
    int spikes = 0;
    for (int k = 0; k < neurons(); k++) {
      spikes += first(k, slice + 1) - first(k, slice);
    }
    long[] packed = new long[spikes];
    int next = 0;
    for (int k = 0; k < neurons(); k++) {
      for (long tick : ticks(k, slice)) {
        packed[next++] = tick << 16 | k;
      }
    }
    Arrays.sort(packed);
    return packed;
  }

  public static double time(long packed) {
    return seconds(packed >> 16);
  }

  public static int neuron(long packed) {
    return (int) (packed & 0xffff);
  }

  private static double seconds(long tick) {
    return tick / SAMPLING_RATE;
  }

  /** Evenly random times, in order: sums of exponential intervals, scaled to the slice. */
  private long[] ticks(int neuron, int slice) {
    SplittableRandom random = random(neuron, slice);
    double length = duration() * SAMPLING_RATE / SLICES;
    int count = first(neuron, slice + 1) - first(neuron, slice);
    double[] sums = new double[count + 1];
    double sum = 0;
    for (int i = 0; i <= count; i++) {
      sum -= Math.log(1 - random.nextDouble());
      sums[i] = sum;
    }
    long[] ticks = new long[count];
    for (int i = 0; i < count; i++) {
      ticks[i] = (long) (length * (slice + sums[i] / sum));
    }
    return ticks;
  }

  private int first(int neuron, int slice) {
    return (int) ((long) spikesOfNeuron[neuron] * slice / SLICES);
  }

  private SplittableRandom random(int neuron, int slice) {
    return new SplittableRandom(((seed * 1009 + session) * 1_000_003 + neuron) * 31 + slice);
  }
}
