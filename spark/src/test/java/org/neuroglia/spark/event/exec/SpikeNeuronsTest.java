package org.neuroglia.spark.event.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.Sessions;
import org.neuroglia.spark.event.PeriEventSpikeSampler;
import org.neuroglia.spark.spike.Trains;

/** A long table in Parquet names the neurons that the same table in memory names. */
@Tag("generated-code")
@Tag("only-generated-code") // Spark reads Parquet in batches only with it
class SpikeNeuronsTest {
  private static final SparkSession SPARK = LocalSpark.session();

  private static final String COMPRESSION = "spark.sql.sources.fileCompressionFactor";

  private static SortedMap<String, List<String>> neurons(Dataset<Row> spikes) {
    Trains trains = new Trains(spikes, new PeriEventSpikeSampler());
    SortedMap<String, List<String>> lists = new TreeMap<>();
    SpikeNeurons.of(trains).labels().forEach((session, list) -> lists.put(session, List.of(list)));
    return lists;
  }

  /** Rows that lack something, and NaN, are no spikes and name no neuron. */
  private static Dataset<Row> spikes(String neuron) {
    String type = neuron.contains("INT") ? "INT" : "STRING";
    return SPARK
        .range(6000)
        .selectExpr(
            "IF(id % 7 = 0, NULL, CONCAT('s', id DIV 2000)) session",
            neuron.formatted("id % 13") + " neuron",
            "IF(id % 13 IN (5, 6), IF(id % 13 = 5, DOUBLE('NaN'), NULL), id / 30D) time")
        .union(SPARK.sql("SELECT 's1', CAST(NULL AS " + type + "), 1D"));
  }

  @ParameterizedTest
  @CsvSource({
    "CAST(%s AS INT),true,true",
    "CAST(%s - 3 AS INT),false,true",
    "CAST(70000 * (%s) AS INT),false,false",
    "'n' || (%s),true,true",
    "'n' || (%s),false,false"
  })
  void aFileNamesWhatATableInMemoryNames(
      String neuron, boolean dictionary, boolean session, @TempDir Path directory) {
    Dataset<Row> spikes = spikes(neuron);
    Dataset<Row> table = session ? spikes : spikes.drop("session");
    String path = directory.resolve("spikes").toString();
    table.coalesce(3).write().option("parquet.enable.dictionary", dictionary).parquet(path);
    SortedMap<String, List<String>> expected = neurons(table);
    assertEquals(session ? 3 : 1, expected.size());
    assertEquals(11, expected.get(expected.firstKey()).size());
    assertEquals(expected, neurons(SPARK.read().parquet(path)));
    try {
      SPARK.conf().set(COMPRESSION, "1e9"); // a large table reads the times only as far as needed
      assertEquals(expected, neurons(SPARK.read().parquet(path)));
    } finally {
      SPARK.conf().unset(COMPRESSION);
    }
  }

  private static ColumnarBatch batch(int[] neurons, double[] times) {
    OnHeapColumnVector neuron = new OnHeapColumnVector(neurons.length, DataTypes.IntegerType);
    OnHeapColumnVector time = new OnHeapColumnVector(times.length, DataTypes.DoubleType);
    neuron.putInts(0, neurons.length, neurons, 0);
    time.putDoubles(0, times.length, times, 0);
    return new ColumnarBatch(new ColumnVector[] {neuron, time}, neurons.length);
  }

  @Test
  void timesAreReadUntilEachNameWasSeenWithOne() {
    SpikeColumns columns = new SpikeColumns(-1, 0, DataTypes.IntegerType, 1, false);
    List<ColumnarBatch> batches =
        List.of(
            batch(new int[] {4, 5, 6}, new double[] {1, 2, Double.NaN}),
            batch(new int[] {4, 6, 6}, new double[] {3, Double.NaN, 4}),
            batch(new int[] {4, 5, 6}, new double[] {5, 6, 7}));
    String only = Sessions.ONLY;
    Iterator<ColumnarBatch> some = batches.iterator();
    assertEquals(
        Map.of(only, Set.of("4", "5", "6")),
        SpikeNeurons.seen(Map.of(only, Set.of("4", "5", "6")), some, columns));
    assertEquals(batches.get(2), some.next());
    Iterator<ColumnarBatch> all = batches.iterator();
    SpikeNeurons.seen(Map.of(only, Set.of("4", "5", "6", "silent")), all, columns);
    assertFalse(all.hasNext());
  }

  @Test
  void scansOfTheSameFilesAreRecognised(@TempDir Path directory) {
    String one = directory.resolve("one").toString();
    String other = directory.resolve("other").toString();
    for (String path : List.of(one, other)) {
      SPARK.range(100).selectExpr("id neuron", "id / 2D time").write().parquet(path);
    }
    var both = SpikeNeurons.batches(SPARK.read().parquet(one)).orElseThrow();
    var names = SpikeNeurons.batches(SPARK.read().parquet(one).drop("time")).orElseThrow();
    var others = SpikeNeurons.batches(SPARK.read().parquet(other).drop("time")).orElseThrow();
    assertTrue(SpikeNeurons.haveSameFiles(names, both));
    assertFalse(SpikeNeurons.haveSameFiles(others, both));
  }

  @Test
  void anEmptyFileNamesNone(@TempDir Path directory) {
    String path = directory.resolve("spikes").toString();
    spikes("'n' || (%s)").where("time < 0").write().parquet(path);
    assertEquals(Map.of(), neurons(SPARK.read().parquet(path)));
  }

  @Test
  void integersAreInOrderOfTheirValues(@TempDir Path directory) {
    String path = directory.resolve("spikes").toString();
    SPARK.range(100, 0, -1).selectExpr("id neuron", "id / 2D time").write().parquet(path);
    List<String> found = neurons(SPARK.read().parquet(path)).values().iterator().next();
    assertArrayEquals(
        SPARK.range(1, 101).collectAsList().stream().map(String::valueOf).toArray(),
        found.toArray());
  }
}
