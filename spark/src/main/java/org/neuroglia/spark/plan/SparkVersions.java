package org.neuroglia.spark.plan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.physical.ClusteredDistribution;
import org.apache.spark.sql.catalyst.plans.physical.Distribution;
import org.apache.spark.sql.execution.datasources.parquet.ParquetDictionary;
import org.apache.spark.sql.execution.vectorized.Dictionary;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.internal.SQLConf;
import scala.Option;
import scala.collection.immutable.Seq;

/**
 * What differs between the versions of Spark that this library runs on, 4.0 to 4.3, and what is
 * found by reflection. The library is compiled against one version; a call whose signature another
 * version has changed belongs here.
 */
public final class SparkVersions {
  /** Whether Spark reads files inside archives, which it does from 4.3 on. */
  private static final String ARCHIVES = "spark.sql.files.archive.reader.enabled";

  /** Spark wraps a dictionary of Parquet anew for each batch; what it wraps has no getter. */
  private static final Optional<VarHandle> WRAPPED =
      field(WritableColumnVector.class, Dictionary.class);

  private static final Optional<VarHandle> DICTIONARY =
      field(ParquetDictionary.class, org.apache.parquet.column.Dictionary.class);

  private SparkVersions() {}

  /**
   * Requires rows with equal keys together. Spark 4.3 has added a parameter to the constructor of
   * {@code ClusteredDistribution}: it is called with the parameters of Spark 4.0, and with Spark's
   * own defaults for those behind them, which is what a caller in Scala would get.
   *
   * @param partitions how many there shall be; what the session says if empty
   * @throws IllegalStateException in a version that is not known here
   */
  static Distribution clustered(Seq<Expression> keys, Option<Object> partitions) {
    Constructor<?> constructor = ClusteredDistribution.class.getConstructors()[0];
    Object[] first = {keys, true, partitions};
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

  /**
   * Whether a file may be an archive with files inside, as the session sets it. Versions before 4.3
   * do not know the setting, and it is off where it is not set.
   */
  public static boolean readsArchives(SQLConf conf) {
    return conf.getConfString(ARCHIVES, "false").equals("true");
  }

  /**
   * Parquet's dictionary of a column, the same object for all batches of a row group. Spark keeps
   * it in private fields, which another version may call by other names.
   *
   * @return empty where it cannot be seen; then names are looked at once a batch
   */
  public static Optional<Object> dictionary(WritableColumnVector column) {
    return WRAPPED
        .map(field -> field.get(column))
        .filter(ParquetDictionary.class::isInstance)
        .flatMap(wrapped -> DICTIONARY.map(field -> field.get((ParquetDictionary) wrapped)));
  }

  private static Optional<VarHandle> field(Class<?> of, Class<?> type) {
    try {
      return Optional.of(
          MethodHandles.privateLookupIn(of, MethodHandles.lookup())
              .findVarHandle(of, "dictionary", type));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }
}
