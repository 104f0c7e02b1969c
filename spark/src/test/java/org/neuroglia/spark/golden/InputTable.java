package org.neuroglia.spark.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.golden.GoldenCase;
import org.neuroglia.spark.LocalSpark;

/** A CSV input of a case as a DataFrame of one partition, columns in the file's order. */
final class InputTable {
  private InputTable() {}

  static Dataset<Row> of(GoldenCase golden, String input) {
    Map<String, List<Object>> table = golden.table(input);
    Map<String, String> types = golden.columnTypes(input);
    List<StructField> fields = new ArrayList<>();
    table.forEach(
        (name, values) ->
            fields.add(DataTypes.createStructField(name, type(types.get(name), values), true)));
    int rows = table.values().iterator().next().size();
    List<Row> all = new ArrayList<>(rows);
    for (int r = 0; r < rows; r++) {
      int row = r;
      all.add(RowFactory.create(table.values().stream().map(column -> column.get(row)).toArray()));
    }
    return LocalSpark.session()
        .createDataFrame(all, new StructType(fields.toArray(new StructField[0])));
  }

  private static DataType type(String declared, List<Object> values) {
    if (declared == null) {
      boolean integers = values.stream().allMatch(v -> v instanceof Long);
      return integers ? DataTypes.LongType : DataTypes.DoubleType;
    }
    switch (declared) {
      case "float":
        return DataTypes.DoubleType;
      case "int":
        return DataTypes.LongType;
      case "bool":
        return DataTypes.BooleanType;
      default:
        return DataTypes.StringType;
    }
  }
}
