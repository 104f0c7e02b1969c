package org.neuroglia.spark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.neuroglia.spark.LocalSpark;

class InformativeUnitsTest {
  private static final SparkSession SPARK = LocalSpark.session();

  private static Dataset<Row> trains(Row... rows) {
    StructType schema =
        new StructType()
            .add("session", DataTypes.StringType)
            .add("neuron", DataTypes.StringType)
            .add("times", DataTypes.createArrayType(DataTypes.DoubleType));
    return SPARK.createDataFrame(List.of(rows), schema);
  }

  /** Ten events a second apart, of two classes in turn. */
  private static Dataset<Row> events() {
    List<Row> rows = new ArrayList<>();
    for (int event = 0; event < 10; event++) {
      rows.add(RowFactory.create("a", (double) event, event % 2 == 0 ? "left" : "right"));
    }
    StructType schema =
        new StructType()
            .add("session", DataTypes.StringType)
            .add("time", DataTypes.DoubleType)
            .add("label", DataTypes.StringType);
    return SPARK.createDataFrame(rows, schema);
  }

  private static ObjectNode find(Row... rows) {
    return new InformativeUnits(
            List.of(new InformativeUnits.Decoding("a", null)),
            "label",
            Optional.empty(),
            false,
            new double[] {0, 0.5},
            new double[] {0, 0.5})
        .find(trains(rows), events());
  }

  /**
   *
   *
   * <pre>
   * events      0   1   2   3   4   5 …
   * class       l   r   l   r   l   r
   * 7, row 1    |       |
   * 7, row 2                    ||  |
   * 8                           |
   * </pre>
   */
  @Test
  void neuronWithSeveralRowsIsOneUnitWithTheSpikesOfAll() {
    Row other = RowFactory.create("a", "8", List.of(4.1));
    ObjectNode several =
        find(
            RowFactory.create("a", "7", List.of(0.1, 2.1)),
            other,
            RowFactory.create("a", "7", List.of(4.1, 4.2, 5.1)),
            RowFactory.create("a", "7", null));
    ObjectNode one = find(RowFactory.create("a", "7", List.of(0.1, 2.1, 4.1, 4.2, 5.1)), other);
    assertEquals(2, several.get("ranked").asInt());
    assertEquals(one, several);
  }
}
