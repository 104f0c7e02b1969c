package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.neuroglia.spark.plan.FunctionRegistration;

/** The functions that stand for a table in SQL: lakes, and made-up recordings. */
public final class TableFunctions {
  private static final List<TableFunction> ALL =
      List.of(new LakeTableFunction(), new LakeTablesFunction(), new SyntheticFunction());

  private TableFunctions() {}

  /** Makes every session that starts with these extensions know the functions. */
  public static void inject(SparkSessionExtensions extensions) {
    ALL.forEach(
        function ->
            FunctionRegistration.injectTable(extensions, function.text(), function::called));
  }

  /** Makes a session that runs know the functions, as long as it lasts. */
  public static void register(SparkSession spark) {
    ALL.forEach(
        function -> FunctionRegistration.registerTable(spark, function.text(), function::called));
  }

  /** Their names, sorted. */
  public static List<String> names() {
    return ALL.stream().map(TableFunction::name).toList();
  }
}
