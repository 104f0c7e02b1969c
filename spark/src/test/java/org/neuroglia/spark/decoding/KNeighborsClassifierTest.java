package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;

class KNeighborsClassifierTest {
  private static String messageOf(KNeighborsClassifier knn, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> knn.fit(rows)).getMessage();
  }

  /** Four events that are equally far from (2, 2, 2), of two classes, and one that is far. */
  private static Dataset<Row> square(int partitions) {
    List<double[]> corners =
        List.of(
            new double[] {3, 1, 2},
            new double[] {1, 3, 2},
            new double[] {3, 3, 2},
            new double[] {1, 1, 2},
            new double[] {90, 90, 90});
    return Trials.of(corners, DataTypes.StringType, i -> i < 2 ? "odd" : "even", partitions);
  }

  private static Row middle(KNeighborsClassifierModel model) {
    Dataset<Row> query =
        Trials.of(List.of(new double[] {2, 2, 2}), DataTypes.StringType, i -> "even", 1);
    return model.transform(query).first();
  }

  @Test
  void ofEquallyNearEventsThoseWithTheSmallerNumbersVote() {
    KNeighborsClassifier knn =
        new KNeighborsClassifier()
            .setNNeighbors(2)
            .setNeighborsCol("neighbors")
            .setDistancesCol("distances");
    for (int partitions : new int[] {1, 2, 5}) {
      Row row = middle(knn.fit(square(partitions)));
      assertEquals(List.of(0L, 1L), row.getList(row.fieldIndex("neighbors")));
      assertEquals(List.of(Math.sqrt(2), Math.sqrt(2)), row.getList(row.fieldIndex("distances")));
      assertEquals("odd", row.getAs("prediction"));
      Row reversed =
          middle(knn.fit(square(partitions).withColumn("event", lit(9).minus(col("event")))));
      assertEquals(List.of(6L, 7L), reversed.getList(reversed.fieldIndex("neighbors")));
      assertEquals("even", reversed.getAs("prediction"));
    }
  }

  @Test
  void withoutNumbersThoseWithTheSmallerFeaturesVote() {
    KNeighborsClassifier knn =
        new KNeighborsClassifier().setNNeighbors(2).setNeighborsCol("neighbors");
    for (int partitions : new int[] {1, 2, 5}) {
      Row row = middle(knn.fit(square(partitions).drop("event")));
      assertEquals(List.of(0L, 1L), row.getList(row.fieldIndex("neighbors")));
      assertEquals(Vectors.dense(1, 1), row.<Vector>getAs("rawPrediction"));
      assertEquals("even", row.getAs("prediction"));
    }
  }

  @Test
  void aNumberThatIsMissingComesLast() {
    Dataset<Row> some =
        square(2).withColumn("event", when(col("event").gt(0), col("event")).cast("int"));
    Row row =
        middle(new KNeighborsClassifier().setNNeighbors(2).setNeighborsCol("neighbors").fit(some));
    assertEquals(List.of(1L, 2L), row.getList(row.fieldIndex("neighbors")));
  }

  @Test
  void settingsAreChecked() {
    Dataset<Row> trials = Trials.named(2);
    assertEquals(
        "there cannot be more neighbours (nNeighbors = 91) than training events (90)",
        messageOf(new KNeighborsClassifier().setNNeighbors(91), trials));
    assertEquals(
        "nNeighbors must be at least 1, not 0",
        messageOf(new KNeighborsClassifier().setNNeighbors(0), trials));
    assertEquals(
        "weights are uniform or distance, not 'near'",
        messageOf(new KNeighborsClassifier().setWeights("near"), trials));
    assertTrue(messageOf(new KNeighborsClassifier().setP(0), trials).contains("above 0, not 0.0"));
    assertEquals(
        "the rows have no column \"trial\"; the columns are event, label, features",
        messageOf(new KNeighborsClassifier().setEventCol("trial"), trials));
    assertEquals(
        "column \"label\" is a string; events have integer numbers",
        messageOf(new KNeighborsClassifier().setEventCol("label"), trials));
    assertTrue(
        messageOf(new KNeighborsClassifier().setNeighborsCol("label"), trials)
            .contains("give another name with neighborsCol"));
  }

  @Test
  void theModelHeedsItsOwnParams() {
    Dataset<Row> trials = Trials.named(2);
    KNeighborsClassifierModel model = new KNeighborsClassifier().setNNeighbors(7).fit(trials);
    assertEquals(7, model.getNNeighbors());
    assertEquals(90, model.trainedRows());
    KNeighborsClassifierModel one = model.copy(new ParamMap().put(model.nNeighbors(), 1));
    assertEquals(
        new KNeighborsClassifier().setNNeighbors(1).fit(trials).transform(trials).collectAsList(),
        one.transform(trials).collectAsList());
    assertTrue(
        assertThrows(InvalidInputException.class, () -> model.setNNeighbors(91).transform(trials))
            .getMessage()
            .contains("nNeighbors = 91"));
  }

  @Test
  void theTrainingRowsAreSavedRowByRow(@TempDir Path directory) throws Exception {
    KNeighborsClassifier knn =
        new KNeighborsClassifier()
            .setNNeighbors(3)
            .setWeights("distance")
            .setP(1)
            .setNeighborsCol("neighbors")
            .setEventCol("number");
    knn.write().save(directory.resolve("knn").toString());
    KNeighborsClassifier loaded = KNeighborsClassifier.load(directory.resolve("knn").toString());
    assertEquals(3, loaded.getNNeighbors());
    assertEquals("distance", loaded.getWeights());
    assertEquals(1, loaded.getP());
    assertEquals("number", loaded.getEventCol());

    Dataset<Row> trials = Trials.named(2).withColumn("number", lit(1000).minus(col("event")));
    KNeighborsClassifierModel model = loaded.fit(trials);
    String path = directory.resolve("model").toString();
    model.write().save(path);
    Dataset<Row> trained = trials.sparkSession().read().parquet(path + "/trained");
    assertArrayEquals(new String[] {"place", "event", "class", "features"}, trained.columns());
    assertEquals(90, trained.count());
    KNeighborsClassifierModel again = KNeighborsClassifierModel.load(path);
    assertEquals(90, again.trainedRows());
    assertEquals(
        model.transform(trials).orderBy("event").collectAsList(),
        again.transform(trials).orderBy("event").collectAsList());

    KNeighborsClassifierModel unnumbered =
        new KNeighborsClassifier().setNeighborsCol("neighbors").fit(trials.drop("event"));
    String other = directory.resolve("unnumbered").toString();
    unnumbered.write().save(other);
    assertEquals(
        unnumbered.transform(trials).orderBy("event").collectAsList(),
        KNeighborsClassifierModel.load(other).transform(trials).orderBy("event").collectAsList());
  }
}
