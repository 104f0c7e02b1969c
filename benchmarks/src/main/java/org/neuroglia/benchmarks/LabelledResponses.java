package org.neuroglia.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuroglia.decoding.Responses;

/**
 * Responses to decode: 119 images, shown equally often in random order; the neurons' counts are
 * Poisson with a mean that depends on the image.
 *
 * @param rows [event × neuron]
 * @param images class code of each event, 0 to 118
 */
public record LabelledResponses(Responses rows, int[] images) {
  public static final int IMAGES = 119;

  /** The same for the same arguments. */
  public static LabelledResponses create(int events, int neurons, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] images = new int[events];
    Arrays.setAll(images, e -> e % IMAGES);
    for (int e = events - 1; e > 0; e--) {
      int other = random.nextInt(e + 1);
      int image = images[e];
      images[e] = images[other];
      images[other] = image;
    }
    double[] means = new double[IMAGES * neurons];
    NormalDeviates normal = new NormalDeviates(random);
    Arrays.setAll(means, i -> 2 * Math.exp(0.3 * normal.next()));
    double[] values = new double[events * neurons];
    for (int i = 0; i < values.length; i++) {
      values[i] = poisson(random, means[images[i / neurons] * neurons + i % neurons]);
    }
    return new LabelledResponses(new Responses(values, events, neurons), images);
  }

  /**
   * Knuth's way: how many uniform numbers can be multiplied before the product is below e^−mean.
   */
  private static int poisson(SplittableRandom random, double mean) {
    double least = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > least; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
