package org.neuroglia.spark.tensor;

import java.util.Arrays;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.attribute.NumericAttribute;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.neuroglia.InvalidInputException;

/**
 * What a column knows of its axes, xarray's coordinates: kept in the column's metadata under the
 * key {@code neuroglia}.
 *
 * @param neurons labels of the neuron axis; empty where unknown, or where sessions differ
 * @param sampleTimes seconds, a sample each; empty where the axis is reduced or unknown
 * @param differ how sessions differ in their neurons, or empty if they do not
 */
public record TensorMetadata(String[] neurons, double[] sampleTimes, String differ) {
  private static final String KEY = "neuroglia";
  private static final String NEURONS = "neurons";
  private static final String SAMPLE_TIMES = "sample_times";
  private static final String DIFFER = "differ";

  /** Reads a column's metadata; a column that says nothing has empty axes. */
  public static TensorMetadata of(Metadata metadata) {
    Metadata axes = metadata.contains(KEY) ? metadata.getMetadata(KEY) : Metadata.empty();
    return new TensorMetadata(
        axes.contains(NEURONS) ? axes.getStringArray(NEURONS) : new String[0],
        axes.contains(SAMPLE_TIMES) ? axes.getDoubleArray(SAMPLE_TIMES) : new double[0],
        axes.contains(DIFFER) ? axes.getString(DIFFER) : "");
  }

  /** As the metadata of a column. */
  public Metadata toMetadata() {
    MetadataBuilder axes = new MetadataBuilder(); // JSON forgets the type of an empty array
    if (neurons.length > 0) {
      axes.putStringArray(NEURONS, neurons);
    }
    if (sampleTimes.length > 0) {
      axes.putDoubleArray(SAMPLE_TIMES, sampleTimes);
    }
    if (!differ.isEmpty()) {
      axes.putString(DIFFER, differ);
    }
    return new MetadataBuilder().putMetadata(KEY, axes.build()).build();
  }

  /** As the metadata of a Vector [neuron] called {@code name}: MLlib sees the neurons' names. */
  public Metadata toFeatures(String name) {
    return toVector(name, neurons, new TensorMetadata(neurons, new double[0], differ));
  }

  /** As the metadata of a Vector [sample_times] called {@code name}: MLlib sees the times. */
  public Metadata toTimeCourse(String name) {
    String[] times = Arrays.stream(sampleTimes).mapToObj(Double::toString).toArray(String[]::new);
    return toVector(name, times, new TensorMetadata(new String[0], sampleTimes, ""));
  }

  private static Metadata toVector(String name, String[] labels, TensorMetadata axes) {
    AttributeGroup group =
        labels.length == 0
            ? new AttributeGroup(name)
            : new AttributeGroup(
                name,
                Arrays.stream(labels)
                    .map(label -> NumericAttribute.defaultAttr().withName(label))
                    .toArray(NumericAttribute[]::new));
    return new MetadataBuilder()
        .withMetadata(group.toMetadata())
        .withMetadata(axes.toMetadata())
        .build();
  }

  /**
   * Refuses a column whose rows have different neurons.
   *
   * @param stage the stage that needs one width, for the message
   * @throws InvalidInputException if the column's metadata says that its sessions differ
   */
  public static void requireOneWidth(StructField field, String stage) {
    String differ = of(field.metadata()).differ();
    if (!differ.isEmpty()) {
      throw new InvalidInputException(
          String.format(
              "%s needs the same neurons in every row of \"%s\", but %s: give the sampler spikes and events of one session",
              stage, field.name(), differ));
    }
  }
}
