package org.neuroglia.datasets;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.neuroglia.InvalidInputException;

/**
 * Poisson spike trains of a known rate.
 *
 * <p>Every neuron has a random stream of its own: its train depends on the seed, its number and its
 * rate, not on how many other neurons there are or in which order, thread or machine they are made.
 * The same settings give the same numbers on every machine and Java version.
 *
 * @param duration of the recording in seconds, from 0
 * @param seed everything random follows from it
 */
public record PoissonSpikes(double duration, long seed) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More spikes of one neuron than this do not belong into one array. */
  private static final double MOST_SPIKES = 1e8;

  public PoissonSpikes {
    Accepted.require(
        duration > 0 && Double.isFinite(duration),
        "Poisson spikes",
        "a duration of",
        duration,
        "above 0 seconds");
  }

  /**
   * A train of constant rate.
   *
   * @param neuron its number, from 0
   * @param rate in spikes per second, 0 or more
   * @return spike times in seconds, ascending, from 0 to below the duration
   */
  public double[] train(int neuron, double rate) {
    return train(neuron, time -> rate, rate);
  }

  /**
   * A train whose rate changes, by thinning: of a train of the highest rate, each spike stays with
   * the probability that the rate there is of the highest (Lewis and Shedler 1979, Naval Res.
   * Logist. Q. 26: 403–413).
   *
   * @param neuron its number, from 0
   * @param rate in spikes per second, of the time in seconds
   * @param highestRate that it never exceeds
   * @return spike times in seconds, ascending, from 0 to below the duration
   * @throws InvalidInputException if the rate leaves the range from 0 to the highest
   */
  public double[] train(int neuron, DoubleUnaryOperator rate, double highestRate) {
    Accepted.require(neuron >= 0, "Poisson spikes", "a neuron number", neuron, "0 or more");
    Accepted.require(
        highestRate >= 0 && highestRate * duration <= MOST_SPIKES,
        "Poisson spikes",
        "a rate of",
        highestRate,
        "0 Hz or more, and at most 100,000,000 spikes in " + duration + " s");
    SpikeTimes times = new SpikeTimes();
    if (highestRate == 0) {
      return times.toArray();
    }
    Random random = new Random(SplitMix.at(seed, neuron));
    double last = -1;
    double time = PoissonTrain.exponential(random) / highestRate;
    while (time < duration) {
      double here = rate.applyAsDouble(time);
      if (!(here >= 0 && here <= highestRate)) {
        throw new InvalidInputException(
            "The rate at "
                + time
                + " s is "
                + here
                + ": 0 to the highest rate, "
                + highestRate
                + ", is accepted.");
      }
      if (random.nextDouble() * highestRate < here && time > last) {
        times.add(time);
        last = time;
      }
      time += PoissonTrain.exponential(random) / highestRate;
    }
    return times.toArray();
  }

  /**
   * A train whose rate is given for bins of equal length; the last one holds to the end.
   *
   * @param neuron its number, from 0
   * @param rates in spikes per second, one for each bin
   * @param bin length of a bin in seconds
   */
  public double[] train(int neuron, double[] rates, double bin) {
    Accepted.require(
        rates.length > 0 && bin > 0,
        "Poisson spikes",
        rates.length + " rates in bins of",
        bin,
        "at least one, and bins longer than 0 s");
    double highest = Arrays.stream(rates).max().orElseThrow();
    double[] steps = rates.clone();
    return train(neuron, time -> steps[(int) Math.min(time / bin, steps.length - 1.0)], highest);
  }

  /** Trains of constant rates, one for each neuron. */
  public double[][] trains(double... rates) {
    double[][] trains = new double[rates.length][];
    Arrays.parallelSetAll(trains, neuron -> train(neuron, rates[neuron]));
    return trains;
  }
}
