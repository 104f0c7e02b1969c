package org.neuroglia.spark;

import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.catalyst.encoders.AgnosticEncoders;

/** Encoders that Spark has, but offers to Scala only. */
public final class Encoding {
  private Encoding() {}

  /** {@code array<double>} as a {@code double[]}, without boxes. */
  @SuppressWarnings("unchecked")
  public static Encoder<double[]> doubles() {
    return (Encoder<double[]>)
        (Encoder<?>)
            new AgnosticEncoders.ArrayEncoder<>(
                AgnosticEncoders.PrimitiveDoubleEncoder$.MODULE$, false);
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
