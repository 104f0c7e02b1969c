package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.spark.nwb.Condition.Compared;
import org.neuroglia.spark.nwb.Condition.Constant;
import org.neuroglia.spark.nwb.Condition.In;
import org.neuroglia.spark.nwb.Condition.IsNull;
import org.neuroglia.spark.nwb.Condition.Not;
import org.neuroglia.spark.nwb.Condition.Order;
import org.neuroglia.spark.nwb.Condition.Text;

/**
 * The predicates of a query, as far as they can tell that a row is not wanted before all of it is
 * read. Spark applies all of them again to the rows that are read: what is not understood here only
 * leaves rows in.
 */
final class RowFilter implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Condition ANYTHING = new Constant(Condition.ANY);

  static final RowFilter NONE = new RowFilter(List.of(), List.of());

  private final List<Condition> conditions;
  private final List<String> texts;

  private RowFilter(List<Condition> conditions, List<String> texts) {
    this.conditions = conditions;
    this.texts = texts;
  }

  /** Those that help of predicates on columns of a table; all of them must hold. */
  static RowFilter of(Predicate[] predicates, StructType table) {
    List<Condition> conditions = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Predicate predicate : helpful(predicates, table)) {
      conditions.add(condition(predicate, table));
      texts.add(predicate.describe());
    }
    return new RowFilter(conditions, texts);
  }

  /** The predicates that may show rows, or whole files, not to be wanted. */
  static Predicate[] helpful(Predicate[] predicates, StructType table) {
    return Arrays.stream(predicates)
        .filter(predicate -> canExclude(Condition.TRUE, condition(predicate, table)))
        .toArray(Predicate[]::new);
  }

  /** Whether some row can be known not to give this outcome, TRUE or FALSE. */
  private static boolean canExclude(int outcome, Condition condition) {
    if (condition instanceof Constant constant) {
      return (constant.outcomes() & outcome) == 0;
    }
    if (condition instanceof Not not) {
      return canExclude(outcome == Condition.TRUE ? Condition.FALSE : Condition.TRUE, not.of());
    }
    if (condition instanceof Condition.And both) {
      boolean left = canExclude(outcome, both.left());
      boolean right = canExclude(outcome, both.right());
      return outcome == Condition.TRUE ? left || right : left && right;
    }
    return true;
  }

  /** For plans, such as {@code , PushedFilters: [session = 'a']}; empty without predicates. */
  String shown() {
    return texts.isEmpty() ? "" : ", PushedFilters: [" + String.join(", ", texts) + "]";
  }

  /** Columns that must be known to tell all that can be told. */
  Set<String> columns() {
    Set<String> columns = new TreeSet<>();
    conditions.forEach(condition -> condition.addColumns(columns));
    return columns;
  }

  /**
   * Whether the predicates may hold for a row.
   *
   * @param row the values of its columns, {@link Condition#UNKNOWN} for what is not known
   */
  boolean mayHold(Function<String, Object> row) {
    for (Condition condition : conditions) {
      if ((condition.outcomes(row) & Condition.TRUE) == 0) {
        return false;
      }
    }
    return true;
  }

  private static Condition condition(Expression expression, StructType table) {
    if (!(expression instanceof Predicate predicate)) {
      return ANYTHING;
    }
    Expression[] parts = predicate.children();
    return switch (predicate.name()) {
      case "ALWAYS_TRUE" -> new Constant(Condition.TRUE);
      case "ALWAYS_FALSE" -> new Constant(Condition.FALSE);
      case "AND" -> new Condition.And(condition(parts[0], table), condition(parts[1], table));
      case "OR" -> Condition.or(condition(parts[0], table), condition(parts[1], table));
      case "NOT" -> new Not(condition(parts[0], table));
      case "IS_NULL" -> isNull(parts[0], table);
      case "IS_NOT_NULL" -> new Not(isNull(parts[0], table));
      case "=" -> compared(parts, Order.EQUAL, table);
      case "<>" -> new Not(compared(parts, Order.EQUAL, table));
      case "<" -> compared(parts, Order.LESS, table);
      case "<=" -> compared(parts, Order.AT_MOST, table);
      case ">" -> compared(parts, Order.GREATER, table);
      case ">=" -> compared(parts, Order.AT_LEAST, table);
      case "<=>" -> same(parts, table);
      case "IN" -> in(parts, table);
      case "STARTS_WITH" -> text(parts, Text.Place.START, table);
      case "ENDS_WITH" -> text(parts, Text.Place.END, table);
      case "CONTAINS" -> text(parts, Text.Place.ANYWHERE, table);
      default -> ANYTHING;
    };
  }

  /** A column with one value in a row; nothing for lists and for what is computed. */
  private static Optional<StructField> column(Expression expression, StructType table) {
    if (expression instanceof NamedReference reference && reference.fieldNames().length == 1) {
      return Arrays.stream(table.fields())
          .filter(field -> field.name().equals(reference.fieldNames()[0]))
          .filter(field -> !(field.dataType() instanceof ArrayType))
          .findFirst();
    }
    return Optional.empty();
  }

  /** A literal of that very type, without which nothing is compared as Spark would. */
  private static Optional<Literal<?>> literal(Expression expression, DataType type) {
    return expression instanceof Literal<?> literal && literal.dataType().equals(type)
        ? Optional.of(literal)
        : Optional.empty();
  }

  private static Condition isNull(Expression expression, StructType table) {
    return column(expression, table)
        .<Condition>map(field -> new IsNull(field.name()))
        .orElse(ANYTHING);
  }

  private static Condition compared(Expression[] parts, Order order, StructType table) {
    Optional<StructField> left = column(parts[0], table);
    Optional<StructField> right = column(parts[1], table);
    if (left.isPresent()) {
      return compared(left.get(), literal(parts[1], left.get().dataType()), order);
    }
    return right.isPresent()
        ? compared(right.get(), literal(parts[0], right.get().dataType()), order.turned())
        : ANYTHING;
  }

  private static Condition compared(StructField field, Optional<Literal<?>> literal, Order order) {
    if (literal.isEmpty()) {
      return ANYTHING;
    }
    Object value = literal.get().value();
    return value == null ? new Constant(Condition.NULL) : new Compared(field.name(), value, order);
  }

  /** Equality for which null is a value like others. */
  private static Condition same(Expression[] parts, StructType table) {
    boolean turned = column(parts[0], table).isEmpty();
    Optional<StructField> field = column(parts[turned ? 1 : 0], table);
    if (field.isEmpty()) {
      return ANYTHING;
    }
    Optional<Literal<?>> literal = literal(parts[turned ? 0 : 1], field.get().dataType());
    if (literal.isEmpty()) {
      return ANYTHING;
    }
    Condition isNull = new IsNull(field.get().name());
    Object value = literal.get().value();
    return value == null
        ? isNull
        : new Condition.And(new Not(isNull), new Compared(field.get().name(), value, Order.EQUAL));
  }

  private static Condition in(Expression[] parts, StructType table) {
    Optional<StructField> field = column(parts[0], table);
    if (field.isEmpty() || parts.length == 1) {
      return ANYTHING;
    }
    List<Object> literals = new ArrayList<>();
    boolean orNull = false;
    for (Expression part : Arrays.copyOfRange(parts, 1, parts.length)) {
      Optional<Literal<?>> literal = literal(part, field.get().dataType());
      if (literal.isEmpty()) {
        return ANYTHING;
      }
      if (literal.get().value() == null) {
        orNull = true;
      } else {
        literals.add(literal.get().value());
      }
    }
    return new In(field.get().name(), literals, orNull);
  }

  private static Condition text(Expression[] parts, Text.Place place, StructType table) {
    Optional<StructField> field = column(parts[0], table);
    Optional<Literal<?>> part = field.flatMap(f -> literal(parts[1], f.dataType()));
    return part.isPresent() && part.get().value() instanceof UTF8String text
        ? new Text(field.get().name(), text, place)
        : ANYTHING;
  }
}
