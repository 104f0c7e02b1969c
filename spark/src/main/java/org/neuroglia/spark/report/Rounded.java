package org.neuroglia.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with no more digits than can be seen; what is not finite is null, as in JSON. */
final class Rounded {
  private static final MathContext DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

  private Rounded() {}

  /** With five significant digits. */
  static JsonNode significant(Double value) {
    return value == null || !Double.isFinite(value)
        ? NullNode.instance
        : node(new BigDecimal(value).round(DIGITS));
  }

  /** With so many decimals. */
  static JsonNode decimals(double value, int decimals) {
    return Double.isFinite(value)
        ? node(new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN))
        : NullNode.instance;
  }

  private static JsonNode node(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    return plain.scale() <= 0 && plain.precision() - plain.scale() <= 15
        ? LongNode.valueOf(plain.longValueExact())
        : DoubleNode.valueOf(plain.doubleValue());
  }
}
