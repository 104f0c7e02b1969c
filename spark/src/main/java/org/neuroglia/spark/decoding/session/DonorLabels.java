package org.neuroglia.spark.decoding.session;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Labels that sessions give to others, to be decoded as null labels: the sequence of a session's
 * labels as places in the list of its classes, four bytes each. Values of a continuous target are
 * given as they are.
 *
 * <p>Sessions stand in a ring whose order is a hash of their names and the seed; the donors of a
 * session are those that follow it. Nothing is collected, and a session gets no more donors than
 * there are null labels.
 */
public final class DonorLabels {
  private DonorLabels() {}

  public static DataType type(DataType label) {
    return new StructType()
        .add("classes", DataTypes.createArrayType(label))
        .add("codes", DataTypes.createArrayType(DataTypes.IntegerType));
  }

  /** The labels, in the order of the donor's events. */
  public static List<Object> labels(Row donor) {
    List<Object> classes = donor.getList(0);
    if (donor.isNullAt(1)) {
      return classes.stream().map(Label::of).toList();
    }
    List<Integer> codes = donor.getList(1);
    return codes.stream().map(code -> Label.of(classes.get(code - 1))).toList();
  }

  /** Rows that bring every session the classes of all, as the labels of one donor. */
  public static Dataset<Row> classesOfAll(Dataset<Row> labelled) {
    Dataset<Row> classes =
        labelled
            .agg(array_sort(collect_set(col("label"))).as("classes"))
            .select(coded(col("classes")).as("donor"));
    return asTrials(
        labelled.select("session").distinct().crossJoin(classes), lit(0L), labelled.schema());
  }

  /** A list of labels as places in the list of its classes. */
  private static Column coded(Column labels) {
    Column classes = array_sort(array_distinct(labels));
    return struct(
        classes.as("classes"),
        // Bound to a variable, the classes are sorted once and not for each label.
        transform(
                array(classes),
                sorted -> transform(labels, label -> array_position(sorted, label).cast("int")))
            .getItem(0)
            .as("codes"));
  }

  /** A list of labels as it is. */
  private static Column values(Column labels) {
    return struct(labels.as("classes"), lit(null).cast("array<int>").as("codes"));
  }

  private static Dataset<Row> asTrials(Dataset<Row> donors, Column event, StructType schema) {
    return donors.select(
        col("session"),
        event.as("event"),
        lit(null).cast("double").as("time"),
        lit(null).cast(schema.apply("label").dataType()).as("label"),
        lit(null).cast("string").as("split"),
        lit(null).cast("string").as("stratum"),
        col("donor"),
        lit(null).cast("binary").as("responses"));
  }

  /**
   * Rows of {@link SessionTrials#schema} that bring every session its donors; {@code event} numbers
   * them.
   *
   * @param labelled trials with a label
   * @param most donors of a session
   */
  public static Dataset<Row> rows(Dataset<Row> labelled, int most, long seed) {
    return rows(labelled, most, seed, DonorLabels::coded);
  }

  /** The same of a continuous target, of whose values few come twice. */
  public static Dataset<Row> rowsOfValues(Dataset<Row> labelled, int most, long seed) {
    return rows(labelled, most, seed, DonorLabels::values);
  }

  private static Dataset<Row> rows(
      Dataset<Row> labelled, int most, long seed, UnaryOperator<Column> packed) {
    Column ring = xxhash64(col("session"), lit(seed));
    Dataset<Row> donors =
        labelled
            .groupBy("session")
            .agg(sort_array(collect_list(struct("event", "label"))).as("trials"))
            .select(col("session"), transform(col("trials"), t -> t.getField("label")).as("labels"))
            .select(col("session"), packed.apply(col("labels")).as("donor"))
            .withColumn("rank", row_number().over(Window.orderBy(ring, col("session"))).minus(1));
    Column all = count(lit(1)).over(Window.partitionBy(lit(0)));
    Dataset<Row> wanted =
        donors
            .select(col("session"), col("rank"), all.as("sessions"))
            .where(col("sessions").gt(1))
            .select(
                col("session"),
                col("rank"),
                col("sessions"),
                explode(
                        sequence(
                            lit(1),
                            greatest(lit(1), least(col("sessions").minus(1), lit(most)))
                                .cast("int")))
                    .as("step"))
            .select(
                col("session"),
                col("step"),
                col("rank").plus(col("step")).mod(col("sessions")).as("rank"));
    return asTrials(
        wanted.join(donors.select("rank", "donor"), "rank"),
        col("step").cast("long"),
        labelled.schema());
  }
}
