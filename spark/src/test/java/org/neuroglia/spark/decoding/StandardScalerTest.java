package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;

class StandardScalerTest {
  private final Dataset<Row> trials =
      Trials.of(Trials.responses(false), DataTypes.DoubleType, i -> (double) i, 2);

  @Test
  void everyPartitioningGivesTheSameNumbers() {
    StandardScalerModel one = new StandardScaler().fit(trials.coalesce(1));
    for (int partitions : new int[] {2, 7, 200}) {
      StandardScalerModel many = new StandardScaler().fit(trials.repartition(partitions));
      assertArrayEquals(one.mean().toArray(), many.mean().toArray());
      assertArrayEquals(one.variance().toArray(), many.variance().toArray());
      assertArrayEquals(one.scale().toArray(), many.scale().toArray());
    }
  }

  @Test
  void theInputColumnIsReplacedAndKeepsItsNeuronNames() {
    Dataset<Row> scaled = new StandardScaler().fit(trials).transform(trials);
    assertArrayEquals(new String[] {"event", "label", "features"}, scaled.columns());
    assertArrayEquals(Trials.NEURONS, Trials.names(scaled.schema().apply("features")));
    assertEquals(
        new StandardScaler().transformSchema(trials.schema()).apply("features"),
        scaled.schema().apply("features"));
    double sum = 0;
    for (Row row : scaled.collectAsList()) {
      sum += row.<Vector>getAs("features").apply(1);
    }
    assertEquals(0, sum, 1e-12);
  }

  @Test
  void anotherOutputColumnIsAdded() {
    StandardScalerModel model = new StandardScaler().setOutputCol("z").fit(trials);
    Dataset<Row> scaled = model.transform(trials);
    assertArrayEquals(Trials.NEURONS, Trials.names(scaled.schema().apply("z")));
    Row row =
        model
            .inverseTransform(scaled.withColumnRenamed("features", "before"))
            .select("before", "features")
            .first();
    assertArrayEquals(row.<Vector>getAs(0).toArray(), row.<Vector>getAs(1).toArray(), 1e-14);
  }

  @Test
  void aCopyKeepsParamsAndTheModel() {
    StandardScaler scaler = new StandardScaler().setWithMean(false).setOutputCol("z");
    StandardScaler copy = scaler.copy(new ParamMap().put(scaler.withStd(), false));
    assertFalse(copy.getWithMean());
    assertFalse(copy.getWithStd());
    assertTrue(scaler.getWithStd());
    StandardScalerModel model = scaler.fit(trials);
    assertEquals(scaler, model.parent());
    StandardScalerModel modelCopy = model.copy(new ParamMap());
    assertEquals("z", modelCopy.getOutputCol());
    assertEquals(model.mean(), modelCopy.mean());
  }

  @Test
  void savedStagesLoad(@TempDir Path directory) throws Exception {
    StandardScaler scaler = new StandardScaler().setWithMean(false).setOutputCol("z");
    String path = directory.resolve("scaler").toString();
    scaler.write().save(path);
    assertFalse(StandardScaler.load(path).getWithMean());
    StandardScalerModel model = scaler.fit(trials);
    String modelPath = directory.resolve("model").toString();
    model.write().save(modelPath);
    StandardScalerModel loaded = StandardScalerModel.load(modelPath);
    assertEquals(model.uid(), loaded.uid());
    assertEquals(model.mean(), loaded.mean());
    assertEquals(model.scale(), loaded.scale());
    assertEquals(
        model.transform(trials).select("z").collectAsList(),
        loaded.transform(trials).select("z").collectAsList());
  }

  private static String messageOf(StandardScaler scaler, Dataset<Row> rows) {
    return assertThrows(InvalidInputException.class, () -> scaler.fit(rows)).getMessage();
  }

  @Test
  void wrongColumnsAreNamed() {
    assertEquals(
        "the rows have no column \"rates\"; the columns are event, label, features",
        messageOf(new StandardScaler().setInputCol("rates"), trials));
    assertTrue(
        messageOf(new StandardScaler().setInputCol("label"), trials)
            .startsWith("column \"label\" is a double; a Vector is needed"));
  }

  @Test
  void infinityIsNamedByNeuron() {
    List<double[]> rows = Trials.responses(false);
    rows.get(17)[1] = Double.NEGATIVE_INFINITY;
    assertEquals(
        "column \"features\" holds -Infinity for neuron b7",
        messageOf(new StandardScaler(), Trials.of(rows, DataTypes.DoubleType, i -> (double) i, 3)));
  }

  @Test
  void rowsOfDifferentWidthAreRefused() {
    List<double[]> rows = Trials.responses(false);
    rows.set(80, new double[] {1, 2});
    assertTrue(
        messageOf(new StandardScaler(), Trials.of(rows, DataTypes.DoubleType, i -> (double) i, 3))
            .contains("feature vectors of different width"));
  }

  @Test
  void sessionsWithDifferentNeuronsAreRefusedBeforeAnyJob() {
    Metadata differ =
        new MetadataBuilder()
            .putMetadata(
                "neuroglia",
                new MetadataBuilder()
                    .putString("differ", "session \"a\" has 3 neurons and session \"b\" 5")
                    .build())
            .build();
    assertTrue(
        messageOf(
                new StandardScaler(),
                trials.withColumn("features", col("features").as("features", differ)))
            .contains("session \"a\" has 3 neurons and session \"b\" 5"));
  }

  @Test
  void noRowsAreRefused() {
    assertEquals(
        "StandardScaler cannot be fitted to no rows",
        messageOf(new StandardScaler(), trials.where("event < 0")));
  }
}
