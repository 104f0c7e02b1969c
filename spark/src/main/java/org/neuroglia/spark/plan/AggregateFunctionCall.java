package org.neuroglia.spark.plan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.neuroglia.InvalidInputException;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A call of a function of the rows of a group, in a query; see {@link RowFunctionCall} on its
 * constructor.
 */
public final class AggregateFunctionCall<T extends Tally<T>> extends TypedImperativeAggregate<T>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What is called; functions without state are equal if they are of one class. */
  public interface Function<T extends Tally<T>> extends Serializable {
    /** In SQL, for messages. */
    String name();

    /**
     * The type of the result.
     *
     * @param arguments the types of the arguments
     */
    DataType type(DataType[] arguments);

    /** Of no rows. */
    T empty();

    /**
     * Adds a row.
     *
     * @param arguments in Spark's internal form; any may be null, and all are only good until the
     *     next row
     * @throws InvalidInputException if an argument is wrong; the user is told with the name
     */
    void add(T tally, Object[] arguments);

    /** Reads what {@link Tally#write} wrote. */
    T read(DataInput in) throws IOException;
  }

  private final Function<T> function;
  private final Seq<Expression> arguments;
  private final int mutableAggBufferOffset;
  private final int inputAggBufferOffset;

  public AggregateFunctionCall(
      Function<T> function,
      Seq<Expression> arguments,
      int mutableAggBufferOffset,
      int inputAggBufferOffset) {
    this.function = function;
    this.arguments = arguments;
    this.mutableAggBufferOffset = mutableAggBufferOffset;
    this.inputAggBufferOffset = inputAggBufferOffset;
  }

  @Override
  public T createAggregationBuffer() {
    return function.empty();
  }

  @Override
  public T update(T tally, InternalRow row) {
    Object[] values = new Object[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.apply(i).eval(row);
    }
    try {
      function.add(tally, values);
    } catch (InvalidInputException e) {
      throw named(e);
    }
    return tally;
  }

  @Override
  public T merge(T tally, T other) {
    try {
      tally.merge(other);
    } catch (InvalidInputException e) {
      throw named(e);
    }
    return tally;
  }

  private SparkRuntimeException named(InvalidInputException e) {
    return Refusal.ofRow(function.name() + ": " + e.getMessage());
  }

  @Override
  public Object eval(T tally) {
    try {
      return tally.result();
    } catch (InvalidInputException e) {
      throw named(e);
    }
  }

  @Override
  public byte[] serialize(T tally) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      tally.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public T deserialize(byte[] bytes) {
    try {
      return function.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public DataType dataType() {
    return function.type(
        CollectionConverters.asJava(arguments).stream()
            .map(Expression::dataType)
            .toArray(DataType[]::new));
  }

  @Override
  public boolean nullable() {
    return true;
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
  public int mutableAggBufferOffset() {
    return mutableAggBufferOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return new AggregateFunctionCall<>(function, arguments, offset, inputAggBufferOffset);
  }

  @Override
  public int inputAggBufferOffset() {
    return inputAggBufferOffset;
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new AggregateFunctionCall<>(function, arguments, mutableAggBufferOffset, offset);
  }

  @Override
  public Seq<Expression> children() {
    return arguments;
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new AggregateFunctionCall<>(
        function, children, mutableAggBufferOffset, inputAggBufferOffset);
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int n) {
    return product()[n];
  }

  private Object[] product() {
    return new Object[] {function, arguments, mutableAggBufferOffset, inputAggBufferOffset};
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AggregateFunctionCall;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof AggregateFunctionCall<?> call
            && Arrays.equals(product(), call.product());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(product());
  }
}
