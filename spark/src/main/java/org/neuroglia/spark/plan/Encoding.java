package org.neuroglia.spark.plan;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/** Encoders that Spark has, but offers to Scala only. */
public final class Encoding {
  /** {@code array<double>} without nulls. */
  public static final ArrayType DOUBLES = new ArrayType(DataTypes.DoubleType, false);

  private Encoding() {}

  /** {@code array<double>} as a {@code double[]}, without boxes. */
  @SuppressWarnings("unchecked")
  public static Encoder<double[]> doubles() {
    return (Encoder<double[]>)
        (Encoder<?>)
            new AgnosticEncoders.ArrayEncoder<>(
                AgnosticEncoders.PrimitiveDoubleEncoder$.MODULE$, false);
  }

  /** {@code array<int>} as an {@code int[]}, without boxes. */
  @SuppressWarnings("unchecked")
  public static Encoder<int[]> ints() {
    return (Encoder<int[]>)
        (Encoder<?>)
            new AgnosticEncoders.ArrayEncoder<>(
                AgnosticEncoders.PrimitiveIntEncoder$.MODULE$, false);
  }

  /** {@code array<bigint>} as a {@code long[]}, without boxes. */
  @SuppressWarnings("unchecked")
  public static Encoder<long[]> longs() {
    return (Encoder<long[]>)
        (Encoder<?>)
            new AgnosticEncoders.ArrayEncoder<>(
                AgnosticEncoders.PrimitiveLongEncoder$.MODULE$, false);
  }

  /** {@code array<double>} whose elements may be null. */
  @SuppressWarnings("unchecked")
  public static Encoder<Double[]> nullableDoubles() {
    return (Encoder<Double[]>)
        (Encoder<?>)
            new AgnosticEncoders.ArrayEncoder<>(AgnosticEncoders.BoxedDoubleEncoder$.MODULE$, true);
  }
}
