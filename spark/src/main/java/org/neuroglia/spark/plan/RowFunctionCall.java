package org.neuroglia.spark.plan;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.neuroglia.InvalidInputException;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of a function of the values of one row, in a query. Public, with one constructor whose
 * parameters are the elements of the product, since Spark copies expressions by reflection.
 */
public final class RowFunctionCall extends Expression implements CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  /** What is called; functions without state are equal if they are of one class. */
  public interface Function extends Serializable {
    /** In SQL, for messages. */
    String name();

    /** Of the result. */
    DataType type();

    /**
     * The result for a row.
     *
     * @param arguments none null: {@code Double}, {@code ArrayData}; those that were left out are
     *     not there
     * @return in Spark's internal form; may be null
     * @throws InvalidInputException if an argument is wrong; the user is told with the name
     */
    Object apply(Object[] arguments);
  }

  private final Function function;
  private final Seq<Expression> arguments;

  public RowFunctionCall(Function function, Seq<Expression> arguments) {
    this.function = function;
    this.arguments = arguments;
  }

  @Override
  public Object eval(InternalRow row) {
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.apply(i).eval(row);
      if (values[i] == null) {
        return null;
      }
    }
    try {
      return function.apply(values);
    } catch (InvalidInputException e) {
      throw Refusal.ofRow(function.name() + ": " + e.getMessage());
    }
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public DataType dataType() {
    return function.type();
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public boolean nullIntolerant() {
    return true;
  }

  @Override
  public boolean foldable() {
    return CollectionConverters.asJava(arguments).stream().allMatch(Expression::foldable);
  }

  @Override
  public String prettyName() {
    return function.name();
  }

  @Override
  public scala.collection.Iterator<Object> flatArguments() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    scala.collection.Iterator<Object> shown = (scala.collection.Iterator) arguments.iterator();
    return shown;
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new RowFunctionCall(function, children);
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return n == 0 ? function : arguments;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof RowFunctionCall;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof RowFunctionCall call
            && function.equals(call.function)
            && arguments.equals(call.arguments);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {function, arguments});
  }
}
