package org.neuroglia.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;

/** Series in files of h5py, see make_traces.py: sample t of neuron n is 100 n + t / 2. */
class TraceSeriesTest {
  private static final int SAMPLES = 400;
  private static final int NEURONS = 7;

  @TempDir Path folder;

  private static NwbFile open(String name) {
    try (InputStream in = TraceSeriesTest.class.getResourceAsStream("/nwb/" + name)) {
      return NwbFile.open(new OneByteChannel(in.readAllBytes()), name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String refusal(Runnable read) {
    return assertThrows(InvalidInputException.class, read::run).getMessage();
  }

  private static double[][] all(TraceSeries series) {
    return series.values(0, series.neurons(), 0, series.samples());
  }

  private static double[][] stored(int neuronFrom, int neuronTo, int from, int to) {
    double[][] values = new double[neuronTo - neuronFrom][to - from];
    for (int n = neuronFrom; n < neuronTo; n++) {
      for (int t = from; t < to; t++) {
        values[n - neuronFrom][t - from] = 100 * n + t / 2.0;
      }
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"traces.nwb", "traces_latest.nwb"})
  void everyLayoutGivesAnyRangeOfNeuronsAndSamples(String name) {
    try (NwbFile file = open(name)) {
      for (String series :
          new String[] {
            "contiguous", "gzip", "big_endian", "gzip_turned", "turned", "DfOverF/first"
          }) {
        TraceSeries traces = file.trace(series);
        assertEquals(SAMPLES, traces.samples(), series);
        assertEquals(NEURONS, traces.neurons(), series);
        assertArrayEquals(stored(0, NEURONS, 0, SAMPLES), all(traces), series);
        int[][] ranges = {
          {0, 1, 0, 1},
          {6, 7, 0, 400},
          {2, 5, 63, 65},
          {1, 4, 127, 301},
          {0, 7, 399, 400},
          {3, 3, 0, 9},
          {2, 4, 9, 9},
          {0, 7, 0, 0},
          {2, 6, 0, 400}
        };
        for (int[] r : ranges) {
          assertArrayEquals(
              stored(r[0], r[1], r[2], r[3]),
              traces.values(r[0], r[1], r[2], r[3]),
              series + " " + Arrays.toString(r));
        }
      }
    }
  }

  @Test
  void neuronsThatLieInOneChunkAreTogether() {
    try (NwbFile file = open("traces.nwb")) {
      assertEquals(3, file.trace("gzip").neuronsTogether());
      assertEquals(7, file.trace("contiguous").neuronsTogether());
      assertEquals(7, file.trace("big_endian").neuronsTogether());
      assertEquals(2, file.trace("gzip_turned").neuronsTogether());
      assertEquals(1, file.trace("turned").neuronsTogether());
      assertEquals(4, file.trace("cube").neuronsTogether());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"traces.nwb", "traces_latest.nwb"})
  void valuesAreInTheUnitOfTheFile(String name) {
    try (NwbFile file = open(name)) {
      TraceSeries scaled = file.trace("int16");
      assertEquals("V", scaled.unit());
      double[][] expected = stored(0, NEURONS, 0, SAMPLES);
      for (double[] trace : expected) {
        Arrays.setAll(trace, i -> trace[i] - 1);
      }
      assertArrayEquals(expected, all(scaled));
      assertArrayEquals(stored(0, 1, 0, SAMPLES), all(file.trace("no_conversion")));
      double[][] spikes = all(file.trace("/acquisition/spikes")); // 3 channels x 4 samples
      assertArrayEquals(new double[] {3, 15, 27, 39, 51}, spikes[3]);
      assertArrayEquals(new double[] {40, 160, 280, 400, 520}, spikes[4]);
      assertArrayEquals(new double[] {1100, 2300, 3500, 4700, 5900}, spikes[11]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"traces.nwb", "traces_latest.nwb"})
  void whatWasNeverWrittenHasTheFillValue(String name) {
    try (NwbFile file = open(name)) {
      double[][] part = file.trace("partly").values(1, 5, 150, 250);
      for (int n = 1; n < 5; n++) {
        for (int t = 150; t < 250; t++) {
          double expected = n >= 2 && n < 4 && t >= 200 ? 100 * n + t / 2.0 : 7.5;
          assertEquals(expected, part[n - 1][t - 150]);
        }
      }
    }
  }

  @Test
  void furtherDimensionsAreColumnsInOrder() {
    try (NwbFile file = open("traces.nwb")) {
      TraceSeries cube = file.trace("cube");
      assertEquals(6, cube.neurons());
      double[][] some = cube.values(3, 6, 60, 70);
      for (int n = 3; n < 6; n++) {
        for (int t = 60; t < 70; t++) {
          assertEquals(6 * t + n, some[n - 3][t - 60]);
        }
      }
      assertArrayEquals(new long[] {0, 1, 2, 3, 4, 5}, cube.labels().longs());
    }
  }

  @Test
  void timeIsTheDimensionThatIsAsLongAsTheTimes() {
    try (NwbFile file = open("traces.nwb")) {
      assertArrayEquals(new double[] {0, 3, 6}, all(file.trace("square"))[0]);
      assertArrayEquals(new double[] {0, 1, 2}, all(file.trace("square_of_old"))[0]);
      TraceSeries named = file.trace("only_names_tell");
      assertEquals(20, named.samples());
      assertArrayEquals(stored(0, NEURONS, 0, 20), all(named));
      assertEquals("roi 6", named.labels().strings()[6]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"traces.nwb", "traces_latest.nwb"})
  void neuronsAreCalledAsInTheFile(String name) {
    try (NwbFile file = open(name)) {
      assertArrayEquals(
          new long[] {46, 40, 41, 42, 43, 44, 45}, file.trace("DfOverF/first").labels().longs());
      assertArrayEquals(new long[] {43}, file.trace("DfOverF/second").labels().longs());
      assertArrayEquals(
          new String[] {"b", "a", "c"}, file.trace("square_of_old").labels().strings());
      assertArrayEquals(new String[] {"linked"}, file.trace("linked").labels().strings());
      assertArrayEquals(new long[] {0}, file.trace("no_conversion").labels().longs());
      assertEquals(List.of(), file.trace("DfOverF/first").notes());
    }
  }

  @Test
  void neuronsWithoutNamesOfTheirOwnAreNumbers() {
    try (NwbFile file = open("traces.nwb")) {
      TraceSeries repeated = file.trace("repeated");
      assertArrayEquals(new long[] {0, 1}, repeated.labels().longs());
      assertEquals(
          List.of(
              "/processing/ophys/Fluorescence/repeated: its traces are not called as in the file."
                  + " The ids or names in rois repeat."),
          repeated.notes());
      assertTrue(
          file.trace("too_many").notes().get(0).endsWith("3 entries where there are 2 traces."));
      assertEquals(
          "traces.nwb: /processing/ophys/Fluorescence/beyond/rois refers to row 9 of a table that"
              + " has 9 rows.",
          refusal(() -> file.trace("beyond").labels()));
    }
  }

  @Test
  void timesAreStoredOrLinkedOrFromTheRate() {
    try (NwbFile file = open("traces.nwb")) {
      for (String series : new String[] {"gzip", "int16", "linked", "float32_times", "turned"}) {
        double[] times = file.trace(series).times(3, 6);
        assertArrayEquals(new double[] {10.75, 11, 11.25}, times, series);
      }
      assertEquals(Optional.of(4.0), file.trace("int16").rate());
      assertEquals(Optional.empty(), file.trace("gzip").rate());
    }
  }

  /**
   *
   *
   * <pre>
   *   times  10  10.25  10.5 …  109.75
   *   sample  0    1      2  …   399
   * </pre>
   */
  @ParameterizedTest
  @CsvSource({"-Infinity,0", "10,0", "10.1,1", "10.25,1", "10.250001,2", "109.75,399", "110,400"})
  void aTimeIsFoundAmongTimesOfAnyKind(double time, long sample) {
    try (NwbFile file = open("traces.nwb")) {
      for (String series : new String[] {"gzip", "int16", "long_times", "float32_times"}) {
        assertEquals(sample, file.trace(series).firstFrom(time), series);
      }
    }
  }

  @Test
  void rangesAreHalfOpenOverTiesAndAtTheEnds() {
    try (NwbFile file = open("traces.nwb")) {
      TraceSeries ties = file.trace("ties"); // 1 2 2 2 3 4
      assertEquals(1, ties.firstFrom(2));
      assertEquals(4, ties.firstFrom(2.5));
      assertEquals(6, ties.firstFrom(Double.POSITIVE_INFINITY));
      assertArrayEquals(new double[] {2, 2, 2}, ties.times(1, 4, 2, 3));
      TraceSeries none = file.trace("no_samples");
      assertEquals(0, none.firstFrom(1));
      assertArrayEquals(new double[2][0], all(none));
      TraceSeries one = file.trace("one_sample");
      assertArrayEquals(new double[][] {{3}}, all(one));
      assertEquals(1, one.firstFrom(1.01));
    }
  }

  @Test
  void aRateFindsTheSampleWhoseTimeItGives() {
    TraceTimes times = new TraceTimes.Regular(0.1, 30);
    for (int i = 0; i < 10_000; i++) {
      double time = 0.1 + i / 30.0;
      assertEquals(i, times.firstFrom(time, 10_000));
      assertEquals(i + 1, times.firstFrom(Math.nextUp(time), 10_000));
    }
  }

  @Test
  void timestampsThatDoNotAscendAreReadWholeButNotSearched() {
    try (NwbFile file = open("traces.nwb")) {
      for (String series : new String[] {"unsorted", "nan_time"}) {
        TraceSeries traces = file.trace(series);
        assertArrayEquals(stored(0, 1, 0, SAMPLES), all(traces));
        assertEquals(SAMPLES, traces.times(0, SAMPLES).length);
        String message = refusal(() -> traces.firstFrom(60));
        assertTrue(
            message.startsWith(
                    "traces.nwb: /acquisition/" + series + "/timestamps do not ascend at sample 20")
                && message.endsWith("of series whose timestamps do."),
            message);
        assertThrows(InvalidInputException.class, () -> traces.times(190, 210, 57.5, 62.5));
      }
    }
  }

  @Test
  void listedAreSeriesOfNumbersEachOnce() {
    try (NwbFile file = open("traces.nwb")) {
      List<String> names = file.traces().stream().map(TraceSeries::name).toList();
      assertEquals(26, names.size(), names.toString());
      for (String other :
          new String[] {
            "soft", "hard", "annotations", "movie", "no_data", "neither", "elsewhere"
          }) {
        assertFalse(names.contains(other), other);
      }
      String notes = String.join("\n", file.notes());
      for (String reason :
          new String[] {
            "/acquisition/neither has data of 30 x 2 values, of which none counts its 400"
                + " timestamps.",
            "/acquisition/zero_rate has a rate of 0.0; it must be positive.",
            "/acquisition/elsewhere/data is a link to another file, other.h5, which is not read."
          }) {
        assertTrue(notes.contains("traces.nwb: " + reason), reason + "\nnot in\n" + notes);
      }
      assertEquals(3, file.notes().size(), notes);
    }
  }

  @Test
  void whatIsNotThereIsNamedWithWhatIs() {
    try (NwbFile file = open("traces.nwb")) {
      String message = refusal(() -> file.trace("Fluorescenz"));
      assertTrue(
          message.startsWith("traces.nwb: there are no traces Fluorescenz; it has /acquisition/big")
              && message.endsWith("/processing/ophys/Fluorescence/too_many."),
          message);
      assertEquals(
          "traces.nwb has several series of traces DfOverF; ask for one by its path:"
              + " /processing/ophys/DfOverF/first, /processing/ophys/DfOverF/second.",
          refusal(() -> file.trace("DfOverF")));
      assertTrue(
          refusal(() -> file.trace("/acquisition/annotations"))
              .startsWith(
                  "traces.nwb: /acquisition/annotations is not a series of numbers with times;"));
      assertTrue(refusal(() -> file.trace("neither")).contains("none counts its 400 timestamps"));
      assertTrue(refusal(() -> file.trace("/acquisition/neither")).contains("none counts"));
      assertTrue(file.hasTrace("DfOverF") && file.hasTrace("neither"));
      assertFalse(file.hasTrace("overF") || file.hasTrace("/nothing"));
      assertArrayEquals(all(file.trace("gzip")), all(file.trace("/acquisition/soft")));
    }
  }

  @Test
  void ofTheAllenLayoutOneInterfaceIsOneSeries() throws IOException {
    double[] times = {0.5, 1, 1.5, 2};
    double[][] dff = {{1, 2, 3, 4}, {5, 6, 7, Double.NaN}, {9, 10, 11, 12}};
    double[][] raw = {{10, 20, 30, 40}, {50, 60, 70, 80}};
    Path path = folder.resolve("allen.nwb");
    new Nwb1Writer("allen")
        .fluorescence("DfOverF", times, List.of("roi 9", "roi 10", "roi 1"), dff)
        .fluorescence("Fluorescence", times, List.of("x", "y"), raw)
        .write(path);
    try (NwbFile file = NwbFile.open(path)) {
      TraceSeries series = file.trace("DfOverF");
      assertEquals("/processing/brain_observatory_pipeline/DfOverF/imaging_plane_1", series.path());
      assertEquals("dF/F", series.unit());
      assertArrayEquals(new String[] {"roi 9", "roi 10", "roi 1"}, series.labels().strings());
      assertArrayEquals(times, series.times(0, 4));
      assertArrayEquals(dff, all(series));
      assertArrayEquals(new double[][] {{6, 7}, {10, 11}}, series.values(1, 3, 1, 3));
      assertArrayEquals(raw, all(file.trace("Fluorescence/imaging_plane_1")));
      assertEquals(2, file.traces().size());
      assertEquals(List.of(), file.notes());
    }
  }

  @Test
  void wrongTracesAreNotWritten() {
    Nwb1Writer writer = new Nwb1Writer("a");
    double[] times = {1, 2};
    double[][] one = {{1, 2}};
    List<String> x = List.of("x");
    writer.fluorescence("DfOverF", times, x, one);
    assertTrue(refusal(() -> writer.fluorescence("DfOverF", times, x, one)).contains("already"));
    String[] problems = {
      refusal(() -> writer.fluorescence("F", times, x, one)),
      refusal(() -> writer.fluorescence("Fluorescence", times, List.of("x", "y"), one)),
      refusal(() -> writer.fluorescence("Fluorescence", times, x, new double[][] {{1}})),
      refusal(() -> writer.fluorescence("Fluorescence", new double[] {2, 1}, x, one)),
      refusal(() -> writer.fluorescence("Fluorescence", new double[0], x, new double[1][0])),
      refusal(
          () -> writer.fluorescence("Fluorescence", times, List.of("x", "x"), new double[2][2])),
      refusal(() -> writer.units("brain_observatory_pipeline", x, one))
    };
    for (String problem : problems) {
      assertTrue(problem.endsWith("."), problem);
    }
  }

  /** 20,000 samples of 50 neurons: 8 MB, of which 100 samples are 40 KB. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyTheAskedTimesAreRead(boolean timeFirst) throws IOException {
    int samples = 20_000;
    int neurons = 50;
    double[] times = new double[samples];
    Arrays.setAll(times, i -> i / 10.0);
    double[][] values = new double[neurons][samples];
    for (int n = 0; n < neurons; n++) {
      for (int i = 0; i < samples; i++) {
        values[n][i] = n * 1e6 + i;
      }
    }
    Path path = folder.resolve("long.nwb");
    NwbOne content = new NwbOne("long", "").presentation("f", "timestamps", times);
    content.presentation("f", "data", timeFirst ? turned(values) : values).write(path);
    CountingChannel channel = new CountingChannel(path);
    try (NwbFile file = NwbFile.open(channel, "long.nwb")) {
      TraceSeries series = file.trace("/stimulus/presentation/f");
      long from = series.firstFrom(1000);
      long to = series.firstFrom(1010);
      assertEquals(10_000, from);
      assertEquals(10_100, to);
      assertEquals(1000.5, series.times(from, to)[5]);
      long headers = channel.bytes();
      assertTrue(headers < 128 << 10, "headers and times: " + headers);
      double[][] read = series.values(0, neurons, from, to);
      assertEquals(7e6 + 10_003, read[7][3]);
      long asked = 8L * neurons * (to - from);
      long all = channel.bytes();
      assertTrue(all <= asked + 4096L * (timeFirst ? 2 : 2 * neurons), "read " + all);
      assertArrayEquals(
          new double[][] {read[20], read[21]}, series.values(20, 22, from, to), "some neurons");
      assertTrue(channel.bytes() <= asked + 8192);
    }
  }

  private static double[][] turned(double[][] values) {
    double[][] turned = new double[values[0].length][values.length];
    for (int n = 0; n < values.length; n++) {
      for (int i = 0; i < values[n].length; i++) {
        turned[i][n] = values[n][i];
      }
    }
    return turned;
  }
}
