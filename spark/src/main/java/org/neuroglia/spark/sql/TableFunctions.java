package org.neuroglia.spark.sql;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;

/** The functions that stand for a table in SQL: lakes, and made-up recordings. */
public final class TableFunctions {
  private static final List<TableFunction> ALL =
      List.of(new LakeTableFunction(), new LakeTablesFunction(), new SyntheticFunction());

  private TableFunctions() {}

  /** Makes every session that starts with these extensions know the functions. */
  public static void inject(SparkSessionExtensions extensions) {
    ALL.forEach(function -> extensions.injectTableFunction(function.description()));
  }

  /** Makes a session that runs know the functions, as long as it lasts. */
  public static void register(SparkSession spark) {
    var registry =
        ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().tableFunctionRegistry();
    for (TableFunction function : ALL) {
      var description = function.description();
      registry.registerFunction(description._1(), description._2(), description._3());
    }
  }

  /** Their names, sorted. */
  public static List<String> names() {
    return ALL.stream().map(TableFunction::name).toList();
  }
}
