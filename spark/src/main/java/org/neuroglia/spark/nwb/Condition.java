package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A condition on the columns of a row as SQL has it, with true, false and null, for a row of which
 * only some columns may be known. {@link #outcomes} tells what the condition can still be: a row
 * may be left out only if that is not true.
 *
 * <p>Values are those of Spark's rows: UTF8String, Long, Double and Boolean. As in Spark, NaN
 * equals NaN and is above all other numbers, and −0 equals 0.
 */
sealed interface Condition extends Serializable {
  /** Bits of the outcomes. */
  int TRUE = 1;

  int FALSE = 2;
  int NULL = 4;
  int ANY = TRUE | FALSE | NULL;

  /** In place of the value of a column that is not known; null is a value. */
  Object UNKNOWN = new Object();

  /**
   * @param row gives the value of a column, or {@link #UNKNOWN}
   */
  int outcomes(Function<String, Object> row);

  /** Adds the columns that the condition is about. */
  void addColumns(Set<String> columns);

  private static int known(boolean value) {
    return value ? TRUE : FALSE;
  }

  private static boolean can(int outcomes, int outcome) {
    return (outcomes & outcome) != 0;
  }

  /** What is not understood, or does not depend on a row. */
  record Constant(int outcomes) implements Condition {
    @Override
    public int outcomes(Function<String, Object> row) {
      return outcomes;
    }

    @Override
    public void addColumns(Set<String> columns) {
      // It has none.
    }
  }

  /** Both. */
  record And(Condition left, Condition right) implements Condition {
    @Override
    public int outcomes(Function<String, Object> row) {
      int a = left.outcomes(row);
      int b = right.outcomes(row);
      int all = can(a, TRUE) && can(b, TRUE) ? TRUE : 0;
      all |= can(a, FALSE) || can(b, FALSE) ? FALSE : 0;
      boolean isNull =
          (can(a, NULL) && can(b, NULL | TRUE)) || (can(b, NULL) && can(a, NULL | TRUE));
      return all | (isNull ? NULL : 0);
    }

    @Override
    public void addColumns(Set<String> columns) {
      left.addColumns(columns);
      right.addColumns(columns);
    }
  }

  /** Not: null stays null. */
  record Not(Condition of) implements Condition {
    @Override
    public int outcomes(Function<String, Object> row) {
      int outcomes = of.outcomes(row);
      return (outcomes & NULL)
          | (can(outcomes, TRUE) ? FALSE : 0)
          | (can(outcomes, FALSE) ? TRUE : 0);
    }

    @Override
    public void addColumns(Set<String> columns) {
      of.addColumns(columns);
    }
  }

  /** One or both: by De Morgan, which holds for null too. */
  static Condition or(Condition left, Condition right) {
    return new Not(new And(new Not(left), new Not(right)));
  }

  /** Whether a column is null. */
  record IsNull(String column) implements Condition {
    @Override
    public int outcomes(Function<String, Object> row) {
      Object value = row.apply(column);
      return value == UNKNOWN ? TRUE | FALSE : known(value == null);
    }

    @Override
    public void addColumns(Set<String> columns) {
      columns.add(column);
    }
  }

  /** What is told of the order of a value and a literal, which is not null. */
  record Compared(String column, Object literal, Order order) implements Condition {
    @Override
    public int outcomes(Function<String, Object> row) {
      Object value = row.apply(column);
      if (value == UNKNOWN) {
        return ANY;
      }
      return value == null ? NULL : known(order.holds.test(compare(value, literal)));
    }

    @Override
    public void addColumns(Set<String> columns) {
      columns.add(column);
    }
  }

  /** Of a value to a literal. */
  enum Order {
    EQUAL(sign -> sign == 0),
    LESS(sign -> sign < 0),
    AT_MOST(sign -> sign <= 0),
    GREATER(sign -> sign > 0),
    AT_LEAST(sign -> sign >= 0);

    private final IntPredicate holds;

    Order(IntPredicate holds) {
      this.holds = holds;
    }

    /** As told of the literal to the value. */
    Order turned() {
      return switch (this) {
        case EQUAL -> EQUAL;
        case LESS -> GREATER;
        case AT_MOST -> AT_LEAST;
        case GREATER -> LESS;
        case AT_LEAST -> AT_MOST;
      };
    }
  }

  /** As Spark orders values of one type. */
  private static int compare(Object a, Object b) {
    if (a instanceof Double x) {
      double y = (Double) b;
      return x == y ? 0 : Double.compare(x, y); // 0 and -0 are equal, NaN is above all
    }
    if (a instanceof Long x) {
      return Long.compare(x, (Long) b);
    }
    if (a instanceof Boolean x) {
      return Boolean.compare(x, (Boolean) b);
    }
    return ((UTF8String) a).binaryCompare((UTF8String) b);
  }

  /** Whether a value is one of some literals, none of them null. */
  record In(String column, List<Object> literals, boolean orNull) implements Condition {
    @Override
    public int outcomes(Function<String, Object> row) {
      Object value = row.apply(column);
      if (value == UNKNOWN) {
        return ANY;
      }
      if (value == null) {
        return NULL;
      }
      if (literals.stream().anyMatch(literal -> compare(value, literal) == 0)) {
        // Spark looks many literals up in a set, in which 0 and -0 differ.
        boolean isZero = value instanceof Double number && number == 0;
        return isZero ? ANY : TRUE;
      }
      return orNull ? NULL : FALSE;
    }

    @Override
    public void addColumns(Set<String> columns) {
      columns.add(column);
    }
  }

  /** How a text begins, ends, or what it holds. */
  record Text(String column, UTF8String part, Place place) implements Condition {
    enum Place {
      START,
      END,
      ANYWHERE
    }

    @Override
    public int outcomes(Function<String, Object> row) {
      Object value = row.apply(column);
      if (value == UNKNOWN) {
        return ANY;
      }
      if (value == null) {
        return NULL;
      }
      UTF8String text = (UTF8String) value;
      return known(
          switch (place) {
            case START -> text.startsWith(part);
            case END -> text.endsWith(part);
            case ANYWHERE -> text.contains(part);
          });
    }

    @Override
    public void addColumns(Set<String> columns) {
      columns.add(column);
    }
  }
}
