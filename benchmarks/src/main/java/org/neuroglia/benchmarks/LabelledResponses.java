package org.neuroglia.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.neuroglia.decoding.split.Responses;

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
    return create(events, neurons, IMAGES, seed);
  }

  /** Of another number of images. */
  static LabelledResponses create(int events, int neurons, int number, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] images = new int[events];
    Arrays.setAll(images, e -> e % number);
    for (int e = events - 1; e > 0; e--) {
      int other = random.nextInt(e + 1);
      int image = images[e];
      images[e] = images[other];
      images[other] = image;
    }
    double[] means = new double[number * neurons];
    NormalDeviates normal = new NormalDeviates(random);
    Arrays.setAll(means, i -> 2 * Math.exp(0.3 * normal.next()));
    double[] values = new double[events * neurons];
    for (int i = 0; i < values.length; i++) {
      values[i] = poisson(random, means[images[i / neurons] * neurons + i % neurons]);
    }
    return new LabelledResponses(new Responses(values, events, neurons), images);
  }

  /** For a rival: doubles, little-endian. */
  static void write(Path file, double[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    Files.write(file, bytes.array());
  }

  /** For a rival: integers, little-endian. */
  static void write(Path file, int[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    Files.write(file, bytes.array());
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
