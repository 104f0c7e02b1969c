package org.neuroglia.spark.plan;

import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.catalyst.plans.physical.IdentityBroadcastMode$;
import org.apache.spark.sql.catalyst.plans.physical.UnspecifiedDistribution$;
import scala.Option;
import scala.Some;
import scala.collection.immutable.Seq;

/** How an operator wants the rows of a child. */
public final class Requirements {
  private Requirements() {}

  /** As they lie. */
  public static Distribution anywhere() {
    return UnspecifiedDistribution$.MODULE$;
  }

  /** All of them everywhere. */
  public static Distribution broadcast() {
    return new BroadcastDistribution(IdentityBroadcastMode$.MODULE$);
  }

  /**
   * Rows with equal keys together.
   *
   * @param partitions how many there shall be; what the session says if empty
   */
  public static Distribution together(OptionalInt partitions, Attribute... keys) {
    Option<Object> number =
        partitions.isPresent() ? new Some<>(partitions.getAsInt()) : Option.empty();
    return SparkVersions.clustered(Attributes.seq((Expression[]) keys), number);
  }

  /** Ascending, nulls first. */
  public static Seq<SortOrder> ascending(Attribute... keys) {
    return Attributes.seq(
        Arrays.stream(keys)
            .map(
                key ->
                    new SortOrder(
                        key, Ascending$.MODULE$, NullsFirst$.MODULE$, Attributes.<Expression>seq()))
            .toList());
  }
}
