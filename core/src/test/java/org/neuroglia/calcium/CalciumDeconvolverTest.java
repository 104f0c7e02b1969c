package org.neuroglia.calcium;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.datasets.CalciumTraces;
import org.neuroglia.trace.TraceFilter;

class CalciumDeconvolverTest {
  static Stream<CalciumDeconvolver> all() {
    List<CalciumDeconvolver> all = new ArrayList<>();
    for (Penalty penalty : Penalty.values()) {
      for (CalciumModel model : CalciumModel.values()) {
        all.add(new CalciumDeconvolver(penalty, model, 0.001));
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("all")
  void tracesOfAnyLengthHaveFiniteEvents(CalciumDeconvolver deconvolver) {
    Random random = new Random(1);
    for (int samples = 5; samples < 450; samples += samples < 30 ? 1 : 13) {
      for (double spikes : new double[] {0, 0.1, 3}) {
        double[] trace = new double[samples];
        for (int t = 0; t < samples; t++) {
          trace[t] = random.nextGaussian() + (random.nextDouble() < spikes ? 10 : 0);
        }
        CalciumFit fit = deconvolver.fit(trace);
        assertEquals(samples, fit.events().length);
        assertTrue(Arrays.stream(fit.events()).allMatch(Double::isFinite));
        assertTrue(Arrays.stream(fit.denoised()).allMatch(Double::isFinite));
        if (deconvolver.model() == CalciumModel.EXPONENTIAL) {
          assertEquals(0, fit.events()[0]);
        }
        assertTrue(fit.baseline() >= 0);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void equalValuesAndNothingHaveNoEvents(CalciumDeconvolver deconvolver) {
    for (int samples : new int[] {0, 1, 4, 300}) {
      for (double level : new double[] {0, 0.1, -3, 1e300}) {
        double[] trace = new double[samples];
        Arrays.fill(trace, level);
        assertArrayEquals(new double[samples], deconvolver.apply(new double[samples], trace));
        assertArrayEquals(new int[samples], deconvolver.predict(trace));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneStepOneSpikeAndARampHaveFiniteEvents(CalciumDeconvolver deconvolver) {
    double[] step = new double[300];
    Arrays.fill(step, 150, 300, 1);
    double[] spike = new double[300];
    spike[100] = 1;
    double[] last = new double[300];
    last[299] = 1;
    double[] ramp = new double[300];
    Arrays.setAll(ramp, t -> t);
    double[] fall = new double[300];
    Arrays.setAll(fall, t -> -t);
    double[] nearlyEqual = new double[300];
    Arrays.setAll(nearlyEqual, t -> 1 + (t % 3) * 1e-16);
    for (double[] trace : new double[][] {step, spike, last, ramp, fall, nearlyEqual}) {
      assertTrue(Arrays.stream(deconvolver.fit(trace).events()).allMatch(Double::isFinite));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void theScaleOfATraceScalesItsEvents(CalciumDeconvolver deconvolver) {
    double[] trace = CalciumTraces.builder().baseline(1).build().trace(0);
    double[] events = deconvolver.fit(trace).events();
    double[] scaled =
        deconvolver.fit(Arrays.stream(trace).map(value -> 1024 * value).toArray()).events();
    assertArrayEquals(
        Arrays.stream(events).map(value -> 1024 * value).toArray(), scaled, 1024 * 1e-6);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theArgumentStaysAsItIsAndTheResultTheSame(CalciumDeconvolver deconvolver) {
    double[] trace = CalciumTraces.builder().build().trace(0);
    double[] before = trace.clone();
    double[] events = deconvolver.apply(new double[trace.length], trace);
    assertArrayEquals(before, trace);
    assertArrayEquals(events, deconvolver.apply(new double[trace.length], trace));
    assertEquals(TraceFilter.WHOLE, deconvolver.reach());
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesTooLargeToBeSquaredAreRefused(CalciumDeconvolver deconvolver) {
    double[] trace = new double[300];
    Arrays.setAll(trace, t -> t % 7 == 0 ? 1e300 : -1e300);
    assertThrows(InvalidInputException.class, () -> deconvolver.fit(trace));
  }

  @Test
  void deconvolversAndPredictorsCanBeSentToOtherMachines() throws Exception {
    double[] trace = CalciumTraces.builder().build().trace(0);
    for (TraceFilter filter :
        new TraceFilter[] {
          new CalciumDeconvolver("l1", "double_exponential", 0.1),
          new CalciumDeconvolver("l0", "exponential", 0.1).predictor()
        }) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(filter);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        TraceFilter arrived = (TraceFilter) in.readObject();
        double[] times = new double[trace.length];
        assertArrayEquals(filter.apply(times, trace), arrived.apply(times, trace));
      }
    }
  }

  @Test
  void spikesAreFound() {
    CalciumTraces made = CalciumTraces.builder().noise(0.1).oscillation(false).build();
    CalciumDeconvolver deconvolver =
        new CalciumDeconvolver(Penalty.L0, CalciumModel.EXPONENTIAL, 0.5);
    int found = 0;
    int all = 0;
    int wrong = 0;
    for (int neuron = 0; neuron < made.neurons().size(); neuron++) {
      int[] spikes = made.spikes(neuron);
      int[] predicted = deconvolver.predict(made.trace(neuron));
      for (int t = 0; t < spikes.length; t++) {
        all += spikes[t];
        found += spikes[t] * predicted[t];
        wrong += (1 - spikes[t]) * predicted[t];
      }
    }
    assertTrue(found > 0.95 * all && wrong < 0.02 * all, found + " " + wrong + " of " + all);
  }

  @Test
  void scoreIsThePartOfTheSamplesWithoutAnyError() {
    CalciumTraces made = CalciumTraces.builder().neurons(List.of("a", "b")).build();
    CalciumDeconvolver deconvolver = new CalciumDeconvolver();
    double[][] traces = {made.trace(0), made.trace(1)};
    int[][] spikes = {deconvolver.predict(traces[0]), deconvolver.predict(traces[1])};
    assertEquals(1, deconvolver.score(traces, spikes));
    spikes[0][7] = 1 - spikes[0][7];
    spikes[1][7] = 1 - spikes[1][7];
    spikes[1][9] = 1 - spikes[1][9];
    assertEquals(1 - 2 / 1800.0, deconvolver.score(traces, spikes));
    assertEquals(
        BitSet.valueOf(new long[] {1 << 7 | 1 << 9}), deconvolver.errors(traces[1], spikes[1]));
  }

  @Test
  void predictionIsStrictlyAboveTheThreshold() {
    double[] trace = CalciumTraces.builder().build().trace(0);
    double[] events = new CalciumDeconvolver().fit(trace).events();
    double largest = Arrays.stream(events).max().orElseThrow();
    assertEquals(
        0,
        Arrays.stream(new CalciumDeconvolver("l0", "exponential", largest).predict(trace)).sum());
    double below = Math.nextDown(largest);
    assertEquals(
        1, Arrays.stream(new CalciumDeconvolver("L0", "Exponential", below).predict(trace)).sum());
  }

  @Test
  void impossibleArgumentsAreNamed() {
    CalciumDeconvolver deconvolver = new CalciumDeconvolver();
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> deconvolver.fit(new double[] {1, 2, 3, 4}));
    assertEquals(
        "A trace of 4 samples is too short to be deconvolved: at least 5 are needed.",
        e.getMessage());
    assertThrows(
        InvalidInputException.class, () -> new CalciumDeconvolver("l0", "exponential", Double.NaN));
    assertThrows(InvalidInputException.class, () -> deconvolver.errors(new double[3], new int[2]));
    assertThrows(
        InvalidInputException.class, () -> deconvolver.errors(new double[3], new int[] {0, 2, 0}));
    assertThrows(
        InvalidInputException.class, () -> deconvolver.score(new double[0][], new int[0][]));
    assertThrows(
        InvalidInputException.class,
        () -> deconvolver.score(new double[][] {{1}, {1, 1}}, new int[][] {{0}, {0, 0}}));
  }
}
