package org.neuroglia.spark.plan;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnaryNode;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;

/** Where the rows of a DataFrame come from, as far as its analysed plan tells. */
public final class RowOrigin {
  private RowOrigin() {}

  /**
   * Whether the rows come from a grouping, or from a table of a data source, by steps that keep a
   * row as one row at most.
   *
   * @param table how the name of the table begins
   */
  public static boolean isGroupingOrTable(Dataset<Row> rows, String table) {
    LogicalPlan plan = Attributes.plan(rows);
    while (plan instanceof Project
        || plan instanceof Filter
        || plan instanceof Sort
        || plan instanceof SubqueryAlias
        || plan instanceof RepartitionOperation) {
      plan = ((UnaryNode) plan).child();
    }
    return plan instanceof Aggregate
        || (plan instanceof DataSourceV2Relation source && source.table().name().startsWith(table));
  }
}
