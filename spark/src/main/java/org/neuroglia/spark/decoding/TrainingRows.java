package org.neuroglia.spark.decoding;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.MomentDecoder;
import org.neuroglia.decoding.decoder.UnfitClassException;
import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.Schemas;
import org.neuroglia.spark.decoding.session.Label;

/**
 * What a decoder is fitted to.
 *
 * @param stage name of the decoder's stage, for messages
 */
record TrainingRows(Dataset<?> dataset, String stage, String labelCol, String featuresCol) {
  /** Rows (label, features) and more columns of the dataset. */
  Dataset<Row> select(String... more) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(Schemas.quoted(labelCol)));
    columns.add(col(Schemas.quoted(featuresCol)));
    for (String column : more) {
      columns.add(col(Schemas.quoted(column)));
    }
    return dataset.select(columns.toArray(new Column[0])).toDF();
  }

  /** Rows (label, features). */
  JavaRDD<Row> rdd() {
    return select().toJavaRDD();
  }

  boolean labelsAreTexts() {
    return Label.type(dataset.schema(), labelCol) instanceof StringType;
  }

  /** The fault as an error that names the feature. */
  InvalidInputException error(Fault fault) {
    StructField field = Schemas.require(dataset.schema(), featuresCol, "the rows");
    return fault.error(field);
  }

  /**
   * One pass over the rows.
   *
   * @param perClass whether mean and variance of each class are needed beside the moments
   */
  <M extends Moments<M>> LabelledMoments<M> moments(MomentDecoder<M> decoder, boolean perClass) {
    LabelledMoments<M> all =
        InOrder.merge(
                rdd().mapPartitions(part -> LabelledMoments.of(part, decoder, perClass)),
                LabelledMoments::merge)
            .orElseGet(LabelledMoments::none);
    if (all.fault() != null) {
      throw error(all.fault());
    }
    return all;
  }

  /** Refuses labels of fewer than two classes. */
  ClassLabels requireTwo(ClassLabels classes) {
    if (classes.size() == 0) {
      throw new InvalidInputException(
          String.format("%s: no row has a label in column \"%s\"", stage, labelCol));
    }
    if (classes.size() < 2) {
      throw new InvalidInputException(
          String.format(
              "%s: all labels in column \"%s\" are %s; a decoder needs at least 2 classes",
              stage, labelCol, classes.names().get(0)));
    }
    return classes;
  }

  /** Fits a decoder that needs no more than moments. */
  <M extends Moments<M>, D extends DecoderModel> FittedDecoder.Content<D> fit(
      MomentDecoder<M> decoder, Function<M, D> fit) {
    LabelledMoments<M> all = moments(decoder, false);
    ClassLabels classes = requireTwo(all.classes(labelsAreTexts()));
    try {
      return new FittedDecoder.Content<>(
          classes, fit.apply(all.moments(classes)), all.unlabelled());
    } catch (UnfitClassException e) {
      throw new InvalidInputException(stage + ": " + e.named(classes).getMessage(), e);
    }
  }
}
