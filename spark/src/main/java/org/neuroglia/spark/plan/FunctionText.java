package org.neuroglia.spark.plan;

import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/**
 * What {@code DESCRIBE FUNCTION EXTENDED} shows of a function. Texts are as Spark lays them out.
 *
 * @param owner the class of the function
 * @param name in SQL
 * @param usage how it is called, and what it returns
 * @param group of Spark's documentation
 * @param since version of this library
 */
public record FunctionText(
    Class<?> owner,
    String name,
    String usage,
    String arguments,
    String examples,
    String note,
    String group,
    String since) {

  FunctionIdentifier identifier() {
    return new FunctionIdentifier(name);
  }

  ExpressionInfo info() {
    return new ExpressionInfo(
        owner.getName(),
        null,
        name,
        usage,
        arguments,
        examples,
        note,
        group,
        since,
        "",
        "java_udf");
  }
}
