package org.neuroglia.spark.trace;

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

/**
 * Whether rows that say that they are whole traces come straight from where that was made so. The
 * mark of a column survives a union, a join and a file to which others append, and then a neuron
 * may have several rows that all say it.
 */
final class WholeRows {
  private WholeRows() {}

  /**
   * Whether there is nothing between the rows and what made them, a neuron each (a grouping, or the
   * nwb source), but steps that keep a row as one row at most.
   */
  static boolean comeSo(Dataset<Row> rows) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed();
    while (plan instanceof Project
        || plan instanceof Filter
        || plan instanceof Sort
        || plan instanceof SubqueryAlias
        || plan instanceof RepartitionOperation) {
      plan = ((UnaryNode) plan).child();
    }
    return plan instanceof Aggregate
        || (plan instanceof DataSourceV2Relation source && source.table().name().startsWith("nwb"));
  }
}
