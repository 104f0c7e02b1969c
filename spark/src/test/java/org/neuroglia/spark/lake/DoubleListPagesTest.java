package org.neuroglia.spark.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.spark.LocalSpark;

class DoubleListPagesTest {
  @TempDir Path folder;

  private static final StructType SCHEMA =
      new StructType()
          .add("row", DataTypes.LongType, false)
          .add("never", DataTypes.createArrayType(DataTypes.DoubleType, false), false)
          .add("maybe", DataTypes.createArrayType(DataTypes.DoubleType, true), true);

  /** Lengths that end pages by values, by rows, with empty and missing lists among them. */
  private static List<double[]> lists() {
    List<double[]> lists = new ArrayList<>();
    for (int row = 0; row < 700; row++) {
      double[] list = new double[row % 7 == 0 ? 0 : row % 97 == 0 ? 150_000 : row % 13];
      int start = row;
      Arrays.setAll(list, i -> start + i * 0.1);
      lists.add(list);
    }
    lists.get(1)[0] = Double.NaN;
    lists.get(3)[1] = Double.NEGATIVE_INFINITY;
    lists.get(5)[2] = -0.0;
    return lists;
  }

  @Test
  void listsAreReadBackBitForBit() {
    List<double[]> lists = lists();
    TableWriter writer =
        new TableWriter(
            "lists",
            SCHEMA,
            new org.apache.hadoop.fs.Path(folder.toString()),
            "lists",
            new Configuration());
    for (int row = 0; row < lists.size(); row++) {
      Object copied = UnsafeArrayData.fromPrimitiveArray(lists.get(row));
      Object generic = row % 5 == 0 ? null : new GenericArrayData(lists.get(row));
      writer.write(new GenericInternalRow(new Object[] {(long) row, copied, generic}));
    }
    writer.finish();
    for (String vectorized : List.of("true", "false")) {
      LocalSpark.session().conf().set("spark.sql.parquet.enableVectorizedReader", vectorized);
      Dataset<Row> rows =
          LocalSpark.session().read().parquet(folder.resolve("lists.parquet").toString());
      List<Row> read = rows.orderBy("row").collectAsList();
      assertEquals(lists.size(), read.size());
      for (int row = 0; row < read.size(); row++) {
        List<Double> expected = Arrays.stream(lists.get(row)).boxed().toList();
        assertEquals(expected, read.get(row).getList(1), "row " + row);
        assertEquals(row % 5 == 0 ? null : expected, read.get(row).getList(2), "row " + row);
      }
      assertEquals(7, rows.where("row >= 64 and row < 71").count());
    }
    LocalSpark.session().conf().unset("spark.sql.parquet.enableVectorizedReader");
  }
}
