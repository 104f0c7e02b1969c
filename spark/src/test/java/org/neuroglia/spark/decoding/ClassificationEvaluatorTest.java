package org.neuroglia.spark.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.LocalSpark;
import org.neuroglia.spark.decoding.session.Label;

class ClassificationEvaluatorTest {
  private static Dataset<Row> table(String values) {
    return LocalSpark.session().sql("select * from values " + values + " as t(label, prediction)");
  }

  private static double balanced(Dataset<Row> rows) {
    return new ClassificationEvaluator().setMetricName("balancedAccuracy").evaluate(rows);
  }

  @Test
  void stringsNumbersAndBooleansAreCompared() {
    Dataset<Row> strings = table("('a','a'),('a','a'),('a','a'),('a','b'),('b','b'),('b','a')");
    assertEquals(4.0 / 6, new ClassificationEvaluator().evaluate(strings));
    assertEquals((0.75 + 0.5) / 2, balanced(strings));
    assertEquals(0.5, new ClassificationEvaluator().evaluate(table("(3,3.0D),(7,11.0D)")));
    assertEquals(0.5, new ClassificationEvaluator().evaluate(table("(true,1.0D),(false,1.0D)")));
  }

  @Test
  void integersThatOneDoubleCannotTellApartAreDifferent() {
    Dataset<Row> longs = table("(9007199254740993L, 9007199254740992L), (1L, 1L)");
    assertEquals(0.5, new ClassificationEvaluator().evaluate(longs));
  }

  @Test
  void decimalLabelsThatADoubleWouldMergeAreRefused() {
    for (String merged : new String[] {"9007199254740993", "0.12345678901234567891"}) {
      assertThrows(
          InvalidInputException.class, () -> Label.of(new java.math.BigDecimal(merged)), merged);
    }
    assertEquals(0.1, Label.of(new java.math.BigDecimal("0.1")));
    assertEquals(45.0, Label.of(new java.math.BigDecimal("45.000")));
  }

  @Test
  void rowsWithoutLabelAreLeftOutAndRowsWithoutPredictionAreWrong() {
    assertEquals(
        0.5,
        new ClassificationEvaluator()
            .evaluate(table("(1.0D,1.0D),(null,1.0D),(double('NaN'),1.0D),(2.0D,null)")));
  }

  @Test
  void wrongInputIsNamed() {
    assertTrue(
        assertThrows(
                InvalidInputException.class,
                () -> new ClassificationEvaluator().evaluate(table("('a', 1)")))
            .getMessage()
            .contains("one is a string, the other a number"));
    assertThrows(
        InvalidInputException.class,
        () -> new ClassificationEvaluator().setMetricName("f1").evaluate(table("(1, 1)")));
    assertThrows(
        InvalidInputException.class,
        () -> new ClassificationEvaluator().setLabelCol("image").evaluate(table("(1, 1)")));
    assertThrows(
        InvalidInputException.class,
        () -> new ClassificationEvaluator().evaluate(table("(int(null), 1)")));
  }

  @Test
  void itIsSavedAndLoaded(@TempDir Path directory) throws Exception {
    String path = directory.resolve("evaluator").toString();
    new ClassificationEvaluator().setMetricName("balancedAccuracy").write().save(path);
    assertEquals("balancedAccuracy", ClassificationEvaluator.load(path).getMetricName());
  }
}
