package org.neuroglia.spark.decoding;

import java.util.Optional;
import org.apache.spark.ml.attribute.Attribute;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.tensor.TensorMetadata;

/** A column of responses: a Vector, as wide in every row. */
final class FeatureColumn {
  private FeatureColumn() {}

  /** The column, of one width as far as its metadata tell. */
  static StructField require(StructType schema, String name, String stage) {
    StructField field = requireVector(schema, name);
    TensorMetadata.requireOneWidth(field, stage);
    return field;
  }

  static StructField requireVector(StructType schema, String name) {
    StructField field = Schemas.require(schema, name, "the rows");
    if (!field.dataType().equals(SQLDataTypes.VectorType())) {
      throw new InvalidInputException(
          String.format(
              "column \"%s\" is a %s; a Vector is needed, as ResponseReducer or VectorAssembler"
                  + " makes it",
              field.name(), field.dataType().simpleString()));
    }
    return field;
  }

  /** Refuses a column that is known to have another width than a model. */
  static void requireWidth(StructField field, int width, String stage) {
    int known = AttributeGroup.fromStructField(field).size();
    if (known >= 0 && known != width) {
      throw new InvalidInputException(
          String.format(
              "%s was fitted to %d features, column \"%s\" has %d",
              stage, width, field.name(), known));
    }
  }

  /**
   * What keeps the features of a labelled row from being learned from, or null.
   *
   * @param width how many there are in other rows, or −1
   */
  static Fault fault(Vector features, int width) {
    if (features == null) {
      return Fault.of("a labelled row has no features: they are null");
    }
    if (width >= 0 && features.size() != width) {
      return StandardScaler.differ(width, features.size());
    }
    double[] values = features.toArray();
    for (int j = 0; j < values.length; j++) {
      if (!Double.isFinite(values[j])) {
        return new Fault(j, values[j] + ", and decoders take finite numbers only,");
      }
    }
    return null;
  }

  /** A feature as people know it: its neuron where the column names it, else its place. */
  static String nameOf(StructField field, int feature) {
    return attribute(field, feature)
        .map(name -> "neuron " + name)
        .orElse("feature " + feature + " (counted from 0)");
  }

  private static Optional<String> attribute(StructField field, int feature) {
    scala.Option<Attribute[]> attributes = AttributeGroup.fromStructField(field).attributes();
    if (attributes.isEmpty() || feature >= attributes.get().length) {
      return Optional.empty();
    }
    scala.Option<String> name = attributes.get()[feature].name();
    return name.isEmpty() ? Optional.empty() : Optional.of(name.get());
  }
}
