package org.neuroglia.calcium;

import java.util.Arrays;

/**
 * The power spectral density of a trace by Welch's method, as {@code scipy.signal.welch} with its
 * defaults has it: segments of 256 samples (or all, if there are fewer) that overlap by half, less
 * their mean, under a periodic Hann window; one-sided; frequencies in cycles per sample.
 *
 * <p>Source: Welch 1967, IEEE Trans. Audio Electroacoust. 15: 70–73.
 */
final class WelchSpectrum {
  private static final int SEGMENT = 256;
  private static final double[] COSINES = cosines(SEGMENT);
  private static final int[] BIT_REVERSED = bitReversed(SEGMENT);

  private final int segment;
  private final double[] density;

  private WelchSpectrum(int segment, double[] density) {
    this.segment = segment;
    this.density = density;
  }

  /**
   * @param values at least one
   */
  static WelchSpectrum of(double[] values) {
    int segment = Math.min(SEGMENT, values.length);
    int overlap = segment / 2;
    int step = segment - overlap;
    int segments = (values.length - overlap) / step;
    double[] window = hann(segment);
    double[] power = new double[segment];
    double[] real = new double[segment];
    double[] imaginary = new double[segment];
    // The powers of two real segments add up to that of one complex segment made from both.
    for (int s = 0; s < segments; s += 2) {
      load(values, s * step, window, real);
      if (s + 1 < segments) {
        load(values, (s + 1) * step, window, imaginary);
      } else {
        Arrays.fill(imaginary, 0);
      }
      addPower(real, imaginary, power);
    }
    double scale = 0;
    for (double weight : window) {
      scale += weight * weight;
    }
    double[] density = new double[segment / 2 + 1];
    for (int k = 0; k < density.length; k++) {
      int mirrored = k == 0 ? 0 : segment - k;
      // Twice the mean of both sides, but for the two frequencies that are their own mirror image.
      double sides = k == mirrored ? 1 : 2;
      density[k] = sides * 0.5 * (power[k] + power[mirrored]) / (scale * segments);
    }
    return new WelchSpectrum(segment, density);
  }

  /** Densities at the frequencies strictly between two, in cycles per sample. */
  double[] between(double low, double high) {
    int from = 0;
    while (from < density.length && (double) from / segment <= low) {
      from++;
    }
    int to = from;
    while (to < density.length && (double) to / segment < high) {
      to++;
    }
    return Arrays.copyOfRange(density, from, to);
  }

  private static void load(double[] values, int start, double[] window, double[] target) {
    double mean = 0;
    for (int i = 0; i < window.length; i++) {
      mean += values[start + i];
    }
    mean /= window.length;
    for (int i = 0; i < window.length; i++) {
      target[i] = window[i] * (values[start + i] - mean);
    }
  }

  private static void addPower(double[] real, double[] imaginary, double[] power) {
    if (real.length == SEGMENT) {
      transform(real, imaginary);
      for (int k = 0; k < SEGMENT; k++) {
        power[k] += real[k] * real[k] + imaginary[k] * imaginary[k];
      }
    } else {
      addPowerOfShortTrace(real, power);
    }
  }

  /** A short trace has a single segment of whatever length: the transform by its definition. */
  private static void addPowerOfShortTrace(double[] real, double[] power) {
    int n = real.length;
    double[] cosines = cosines(n);
    double[] sines = new double[n];
    for (int i = 0; i < n; i++) {
      sines[i] = Math.sin(2 * Math.PI * i / n);
    }
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < n; i++) {
        re += real[i] * cosines[k * i % n];
        im += real[i] * sines[k * i % n];
      }
      power[k] += re * re + im * im;
    }
  }

  /** Fourier transform of 256 complex numbers in place (Cooley and Tukey 1965). */
  private static void transform(double[] real, double[] imaginary) {
    for (int i = 0; i < SEGMENT; i++) {
      int j = BIT_REVERSED[i];
      if (i < j) {
        double re = real[i];
        real[i] = real[j];
        real[j] = re;
        double im = imaginary[i];
        imaginary[i] = imaginary[j];
        imaginary[j] = im;
      }
    }
    for (int half = 1; half < SEGMENT; half *= 2) {
      int stride = SEGMENT / (2 * half);
      for (int k = 0; k < half; k++) {
        double cos = COSINES[k * stride];
        double sin = -COSINES[(k * stride + 3 * SEGMENT / 4) % SEGMENT];
        for (int i = k; i < SEGMENT; i += 2 * half) {
          int j = i + half;
          double re = real[j] * cos - imaginary[j] * sin;
          double im = real[j] * sin + imaginary[j] * cos;
          real[j] = real[i] - re;
          imaginary[j] = imaginary[i] - im;
          real[i] += re;
          imaginary[i] += im;
        }
      }
    }
  }

  private static double[] hann(int n) {
    double[] window = new double[n];
    double[] cosines = cosines(n);
    for (int i = 0; i < n; i++) {
      window[i] = n == 1 ? 1 : 0.5 - 0.5 * cosines[i];
    }
    return window;
  }

  private static double[] cosines(int n) {
    double[] cosines = new double[n];
    for (int i = 0; i < n; i++) {
      cosines[i] = Math.cos(2 * Math.PI * i / n);
    }
    return cosines;
  }

  private static int[] bitReversed(int n) {
    int[] reversed = new int[n];
    for (int i = 0; i < n; i++) {
      reversed[i] = Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(n) + 1);
    }
    return reversed;
  }
}
