package org.neuroglia.spark.decoding;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.spark.LocalSpark;

/** Made-up responses whose class can be decoded: (event, label, features). */
final class Trials {
  static final int EVENTS = 90;
  static final String[] NEURONS = {"a1", "b7", "c3"};

  private Trials() {}

  /** Event i is of class i mod 3; counts if {@code counts}, else Gaussian. */
  static List<double[]> responses(boolean counts) {
    Random random = new Random(11);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      double[] row = new double[NEURONS.length];
      for (int j = 0; j < row.length; j++) {
        double mean = 4 + (i % 3 == j ? 2.5 : 0);
        double x = mean + 2 * random.nextGaussian();
        row[j] = counts ? Math.max(0, Math.rint(x)) : x;
      }
      rows.add(row);
    }
    return rows;
  }

  static Dataset<Row> of(
      List<double[]> responses, DataType labelType, IntFunction<Object> label, int partitions) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      rows.add(RowFactory.create((long) i, label.apply(i), Vectors.dense(responses.get(i))));
    }
    StructType schema =
        new StructType()
            .add("event", DataTypes.LongType)
            .add("label", labelType)
            .add(new StructField("features", SQLDataTypes.VectorType(), true, neurons()));
    return LocalSpark.session().createDataFrame(rows, schema).repartition(partitions);
  }

  private static Metadata neurons() {
    NumericAttribute[] attributes = new NumericAttribute[NEURONS.length];
    for (int j = 0; j < attributes.length; j++) {
      attributes[j] = NumericAttribute.defaultAttr().withName(NEURONS[j]);
    }
    return new AttributeGroup("features", attributes).toMetadata();
  }

  static Dataset<Row> named(int partitions) {
    String[] names = {"versicolor", "setosa", "Virginica"};
    return of(responses(true), DataTypes.StringType, i -> names[i % 3], partitions);
  }

  static Dataset<Row> numbered(double[] labels, int partitions) {
    return of(responses(true), DataTypes.DoubleType, i -> labels[i % labels.length], partitions);
  }

  static String[] names(StructField field) {
    AttributeGroup group = AttributeGroup.fromStructField(field);
    String[] names = new String[group.size()];
    for (int j = 0; j < names.length; j++) {
      names[j] = group.getAttr(j).name().get();
    }
    return names;
  }
}
