package org.neuroglia.spark.nwb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.Nwb1Writer;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.nwb.TraceSeries;
import org.neuroglia.spark.LocalSpark;

class TraceSourceTest {
  @TempDir Path folder;

  private static DataFrameReader traces(String series) {
    return LocalSpark.session().read().format("nwb").option("traces", series);
  }

  private static String message(Runnable load) {
    return assertThrows(InvalidInputException.class, load::run).getMessage();
  }

  /** Times 0, 0.5, 1 …; sample t of neuron n is 100 n + t. */
  private static double[][] ramps(int neurons, int samples) {
    double[][] values = new double[neurons][samples];
    for (int n = 0; n < neurons; n++) {
      for (int t = 0; t < samples; t++) {
        values[n][t] = 100 * n + t;
      }
    }
    return values;
  }

  private static double[] halves(int samples) {
    double[] times = new double[samples];
    Arrays.setAll(times, i -> i / 2.0);
    return times;
  }

  private String allen(String name, int neurons, int samples) {
    Path path = folder.resolve(name + ".nwb");
    List<String> rois = new ArrayList<>();
    for (int n = 0; n < neurons; n++) {
      rois.add("roi " + (neurons - n));
    }
    new Nwb1Writer(name)
        .fluorescence("DfOverF", halves(samples), rois, ramps(neurons, samples))
        .write(path);
    return path.toString();
  }

  private static Metadata about(Dataset<Row> traces) {
    return traces.schema().apply("values").metadata().getMetadata("neuroglia");
  }

  private static double[] array(Row row, String column) {
    return row.<Double>getList(row.fieldIndex(column)).stream().mapToDouble(v -> v).toArray();
  }

  @Test
  void aRowIsTheWholeTraceOfANeuron() {
    Dataset<Row> traces = traces("DfOverF").load(allen("a", 3, 5));
    assertEquals(
        "struct<session:string,neuron:string,times:array<double>,values:array<double>>",
        traces.schema().simpleString());
    List<Row> rows = traces.collectAsList();
    assertEquals(
        "[[a,roi 3,ArraySeq(0.0, 0.5, 1.0, 1.5, 2.0),ArraySeq(0.0, 1.0, 2.0, 3.0, 4.0)],"
            + " [a,roi 2,ArraySeq(0.0, 0.5, 1.0, 1.5, 2.0),ArraySeq(100.0, 101.0, 102.0, 103.0, 104.0)],"
            + " [a,roi 1,ArraySeq(0.0, 0.5, 1.0, 1.5, 2.0),ArraySeq(200.0, 201.0, 202.0, 203.0, 204.0)]]",
        rows.toString());
    assertTrue(about(traces).getBoolean("whole"));
    assertEquals("dF/F", about(traces).getString("unit"));
    assertEquals(3, traces.count());
    assertEquals("[[roi 3], [roi 2], [roi 1]]", traces.select("neuron").collectAsList().toString());
  }

  @Test
  void onlySamplesOfTheRangeAreInARow() {
    String file = allen("a", 2, 6); // 0 0.5 1 1.5 2 2.5
    Dataset<Row> traces = traces("DfOverF").option("start", "0.5").option("stop", "1.5").load(file);
    assertEquals(
        "[[a,roi 2,ArraySeq(0.5, 1.0),ArraySeq(1.0, 2.0)],"
            + " [a,roi 1,ArraySeq(0.5, 1.0),ArraySeq(101.0, 102.0)]]",
        traces.collectAsList().toString());
    assertFalse(about(traces).contains("whole"));
    assertEquals(
        "ArraySeq(2.0, 2.5)",
        traces("DfOverF").option("start", 2).load(file).select("times").head().get(0).toString());
    assertEquals(
        "[[a,roi 2,ArraySeq(),ArraySeq()], [a,roi 1,ArraySeq(),ArraySeq()]]",
        traces("DfOverF").option("start", 7).load(file).collectAsList().toString());
    assertEquals(
        2,
        traces("DfOverF")
            .option("stop", "-1")
            .option("samplesPerChunk", 2)
            .load(file)
            .where("size(values) = 0 and size(times) = 0")
            .count());
  }

  @Test
  void longTracesComeInChunks() {
    String file = allen("a", 2, 5);
    Dataset<Row> traces = traces("DfOverF").option("samplesPerChunk", 2).load(file);
    assertEquals(
        "[[roi 2,ArraySeq(0.0, 0.5),ArraySeq(0.0, 1.0)],"
            + " [roi 2,ArraySeq(1.0, 1.5),ArraySeq(2.0, 3.0)],"
            + " [roi 2,ArraySeq(2.0),ArraySeq(4.0)],"
            + " [roi 1,ArraySeq(0.0, 0.5),ArraySeq(100.0, 101.0)],"
            + " [roi 1,ArraySeq(1.0, 1.5),ArraySeq(102.0, 103.0)],"
            + " [roi 1,ArraySeq(2.0),ArraySeq(104.0)]]",
        traces.drop("session").collectAsList().toString());
    assertFalse(about(traces).contains("whole"));
    assertEquals(6, traces.count());
    assertEquals(2, traces("DfOverF").option("samplesPerChunk", 60_000_000).load(file).count());
  }

  /** 1.6 million values are 12.8 MB: more than one task's share, by neurons or by time. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 1500})
  void largeSeriesAreSplitForAllCores(int samplesPerChunk) {
    int neurons = 16;
    int samples = 100_000;
    String file = allen("a", neurons, samples);
    DataFrameReader reader = traces("DfOverF");
    if (samplesPerChunk > 0) {
      reader = reader.option("samplesPerChunk", samplesPerChunk);
    }
    Dataset<Row> traces = reader.load(file);
    assertTrue(traces.rdd().getNumPartitions() > 1);
    assertEquals(1, traces.select("neuron").rdd().getNumPartitions());
    int chunks = samplesPerChunk == 0 ? 1 : (samples + samplesPerChunk - 1) / samplesPerChunk;
    assertEquals(neurons * chunks, traces.count());
    double[][] found = new double[neurons][samples];
    for (Row row : traces.collectAsList()) {
      int n = neurons - Integer.parseInt(row.getString(1).substring(4));
      double[] times = array(row, "times");
      System.arraycopy(array(row, "values"), 0, found[n], (int) (times[0] * 2), times.length);
    }
    assertArrayEquals(ramps(neurons, samples), found);
  }

  @Test
  void onlyTheAskedTimesAreReadFromTheFile() throws Exception {
    String file = allen("a", 20, 20_000);
    long size = Files.size(Path.of(file));
    Dataset<Row> some = traces("DfOverF").option("start", 500).option("stop", 505).load(file);
    long part = bytesRead(() -> assertEquals(20, some.collectAsList().size()));
    long all = bytesRead(() -> traces("DfOverF").load(file).collectAsList());
    long names = bytesRead(() -> traces("DfOverF").load(file).select("neuron").collectAsList());
    assertTrue(part < size * 0.1, "read " + part + " of " + size);
    assertTrue(names < size * 0.1, "read " + names + " of " + size);
    assertTrue(all > size * 0.9, "read " + all + " of " + size);
  }

  private static long bytesRead(Runnable query) {
    long before = bytesRead();
    query.run();
    return bytesRead() - before;
  }

  private static long bytesRead() {
    long bytes = 0;
    for (var all = FileSystem.getGlobalStorageStatistics().iterator(); all.hasNext(); ) {
      bytes += all.next().getLong("bytesRead");
    }
    return bytes;
  }

  @Test
  void wrongOptionsAreNamed() {
    String file = allen("a", 2, 3);
    DataFrameReader units = LocalSpark.session().read().format("nwb").option("table", "units");
    assertEquals(
        "The option start is for traces; name them by the option traces.",
        message(() -> units.option("start", 1).load(file)));
    assertEquals(
        "The option table cannot be set along with the option traces.",
        message(() -> traces("DfOverF").option("table", "units").load(file)));
    assertEquals(
        "The option start is 3.0 and stop is 3.0; start must be less.",
        message(() -> traces("DfOverF").option("start", 3).option("stop", 3).load(file)));
    assertEquals(
        "The option stop is noon; it must be a number of seconds.",
        message(() -> traces("DfOverF").option("stop", "noon").load(file)));
    assertTrue(
        message(() -> traces("DfOverF").option("start", "NaN").load(file)).contains("is NaN;"));
    for (String chunk : new String[] {"0", "-1", "2.5", "99999999"}) {
      assertEquals(
          "The option samplesPerChunk is " + chunk + "; it must be an integer from 1 to 67108864.",
          message(() -> traces("DfOverF").option("samplesPerChunk", chunk).load(file)));
    }
    assertTrue(message(() -> traces(" ").load(file)).startsWith("The option traces is empty"));
    assertEquals(
        file
            + ": there are no traces Fluorescence; it has"
            + " /processing/brain_observatory_pipeline/DfOverF/imaging_plane_1.",
        message(() -> traces("Fluorescence").load(file)));
  }

  @Test
  void filesOfSeveralSessionsAreRead() {
    String a = allen("a", 2, 3);
    String b = allen("b", 1, 4);
    String none = new NwbOne("c", "c").unit("V1", "1", 4).write(folder.resolve("c.nwb")).toString();
    assertEquals(3, traces("DfOverF").load(a, b).count());
    assertTrue(message(() -> traces("DfOverF").load(a, none)).contains("the file has none"));
    assertEquals(
        3, traces("DfOverF").option("missing", "skip").load(a, none, b).collectAsList().size());
    assertEquals(
        "None of the files has traces DfOverF.",
        message(() -> traces("DfOverF").option("missing", "skip").load(none)));
    String other =
        new NwbOne("a", "a").unit("V1", "1", 4).write(folder.resolve("a2.nwb")).toString();
    assertTrue(
        message(() -> traces("DfOverF").option("missing", "skip").load(a, other))
            .contains("have the same session a"));
  }

  @Test
  void idsAreIntegersUnlessStringsAreAsked() {
    String ophys = SharedFiles.file("nwb/pynwb_4/ophys.nwb").toString();
    Dataset<Row> dff = traces("dff1").load(ophys);
    assertEquals("bigint", dff.schema().apply("neuron").dataType().simpleString());
    assertEquals("[[1003], [1001]]", dff.select("neuron").collectAsList().toString());
    assertTrue(message(() -> traces("DfOverF").load(ophys)).contains("several series of traces"));
    // In both files only one series is called so.
    Path twin = folder.resolve("twin.nwb");
    new Nwb1Writer("twin")
        .fluorescence("DfOverF", halves(2), List.of("x"), ramps(1, 2))
        .write(twin);
    Path ids = folder.resolve("ids.nwb");
    new NwbOne("ids", "")
        .presentation("imaging_plane_1", "timestamps", halves(2))
        .presentation("imaging_plane_1", "data", new double[][] {{1, 2, 3}, {4, 5, 6}})
        .write(ids);
    String both = message(() -> traces("imaging_plane_1").load(twin.toString(), ids.toString()));
    assertEquals(
        "Column neuron is string in "
            + twin
            + " and bigint in "
            + ids
            + "; set the option neuronType to string to read both as strings.",
        both);
    Dataset<Row> strings =
        traces("imaging_plane_1")
            .option("neuronType", "string")
            .load(twin.toString(), ids.toString());
    assertEquals("[[x], [0], [1], [2]]", strings.select("neuron").collectAsList().toString());
    assertFalse(about(strings).contains("unit"));
  }

  @Test
  void everySeriesOfPynwbArrivesAsTheFileHasIt() {
    for (String name : new String[] {"ecephys", "ophys"}) {
      Path path = SharedFiles.file("nwb/pynwb_4/" + name + ".nwb");
      try (NwbFile file = NwbFile.open(path)) {
        assertFalse(file.traces().isEmpty());
        for (TraceSeries series : file.traces()) {
          List<Row> rows = traces(series.path()).load(path.toString()).collectAsList();
          assertEquals(series.neurons(), rows.size());
          double[] times = series.times(0, series.samples());
          double[][] values = series.values(0, series.neurons(), 0, series.samples());
          for (int n = 0; n < rows.size(); n++) {
            assertEquals(series.labels().get(n), rows.get(n).get(1));
            assertArrayEquals(times, array(rows.get(n), "times"));
            assertArrayEquals(values[n], array(rows.get(n), "values"));
          }
        }
      }
    }
  }

  @Test
  void tablesOfSeriesStayRowsPerTime() {
    String file = SharedFiles.file("nwb/pynwb_4/ophys.nwb").toString();
    Dataset<Row> table =
        LocalSpark.session()
            .read()
            .format("nwb")
            .option("table", "/processing/ophys/DfOverF/dff0")
            .load(file);
    assertEquals(300, table.count());
  }

  @Test
  void streamsMayReturnAFewBytesPerRead() {
    Path file = SharedFiles.file("nwb/pynwb_4/ophys.nwb");
    LocalSpark.session()
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.slow.impl", SlowFileSystem.class.getName());
    assertEquals(
        traces("F1").load(file.toString()).collectAsList(),
        traces("F1").load("slow://" + file.toAbsolutePath().normalize()).collectAsList());
  }
}
