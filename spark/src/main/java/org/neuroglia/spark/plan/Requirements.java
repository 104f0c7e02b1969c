package org.neuroglia.spark.plan;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NullsFirst$;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.BroadcastDistribution;
import org.apache.spark.sql.catalyst.plans.physical.ClusteredDistribution;
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
    return clustered(Attributes.seq((Expression[]) keys), true, number);
  }

  /**
   * Made with the parameters of Spark 4.0, and with Spark's own defaults for those that later
   * versions have added behind them (4.3 has one more), which is what a caller in Scala would get.
   */
  private static Distribution clustered(Object... first) {
    Constructor<?> constructor = ClusteredDistribution.class.getConstructors()[0];
    Object[] all = Arrays.copyOf(first, constructor.getParameterCount());
    try {
      for (int i = first.length; i < all.length; i++) {
        all[i] =
            ClusteredDistribution.class
                .getMethod("$lessinit$greater$default$" + (i + 1))
                .invoke(null);
      }
      return (Distribution) constructor.newInstance(all);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "This version of Spark requires rows together in a way that is not known here", e);
    }
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
