package org.neuroglia.spark.decoding;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.neuroglia.decoding.linalg.ClassCovariance;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.Shrinkage;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.spark.decoding.session.Label;
import scala.Tuple2;

/**
 * The second pass over labelled rows, for covariances that are shrunk or weighted class by class.
 *
 * @param rows (label, features), which a first pass has checked
 */
record ClassCovariances(JavaRDD<Row> rows, ClassLabels classes, Shrinkage shrinkage) {

  /** Where a labelled row stood: the rows of a class keep this order. Kryo takes no records. */
  private static final class Place implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final int partition;
    private final int row;

    Place(int code, int partition, int row) {
      this.code = code;
      this.partition = partition;
      this.row = row;
    }
  }

  private static final class ByPlace implements Comparator<Place>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Place a, Place b) {
      int byCode = Integer.compare(a.code, b.code);
      int byPartition = byCode != 0 ? byCode : Integer.compare(a.partition, b.partition);
      return byPartition != 0 ? byPartition : Integer.compare(a.row, b.row);
    }
  }

  private static final class ByClass extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int partitions;

    ByClass(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return ((Place) key).code % partitions;
    }
  }

  /** Σ prior·covariance over the classes. A class is one task's; a task holds one at a time. */
  double[] within(FeatureMoments[] features, double[] priors) {
    ClassLabels labels = classes;
    Shrinkage amount = shrinkage;
    int tasks = Math.min(labels.size(), Math.max(1, rows.context().defaultParallelism()));
    JavaRDD<double[]> parts =
        rows.mapPartitionsWithIndex(
                (index, part) -> {
                  List<Tuple2<Place, double[]>> placed = new ArrayList<>();
                  int row = 0;
                  while (part.hasNext()) {
                    Row next = part.next();
                    Object label = Label.of(next.get(0));
                    if (label != null) {
                      Place place = new Place(Label.code(labels, label), index, row++);
                      placed.add(new Tuple2<>(place, next.<Vector>getAs(1).toArray()));
                    }
                  }
                  return placed.iterator();
                },
                false)
            .mapToPair(placed -> placed)
            .repartitionAndSortWithinPartitions(new ByClass(tasks), new ByPlace())
            .mapPartitions(part -> List.of(within(part, features, priors, amount)).iterator());
    return InOrder.merge(parts, ClassCovariances::sum).orElseThrow();
  }

  private static double[] within(
      Iterator<Tuple2<Place, double[]>> rows,
      FeatureMoments[] features,
      double[] priors,
      Shrinkage shrinkage) {
    int width = features[0].features();
    double[] within = new double[width * width];
    ClassCovariance covariance = null;
    int code = -1;
    while (rows.hasNext()) {
      Tuple2<Place, double[]> row = rows.next();
      if (row._1().code != code) {
        add(within, covariance, code < 0 ? 0 : priors[code], shrinkage);
        code = row._1().code;
        covariance = new ClassCovariance(features[code], shrinkage);
      }
      covariance.add(row._2(), 0);
    }
    add(within, covariance, code < 0 ? 0 : priors[code], shrinkage);
    return within;
  }

  private static void add(
      double[] within, ClassCovariance covariance, double prior, Shrinkage shrinkage) {
    if (covariance != null) {
      double[] one = covariance.covariance(shrinkage);
      for (int i = 0; i < within.length; i++) {
        within[i] += prior * one[i];
      }
    }
  }

  private static double[] sum(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      a[i] += b[i];
    }
    return a;
  }

  /** Covariance of all labelled rows together. */
  double[] total(FeatureMoments[] features) {
    FeatureMoments all = new FeatureMoments(features[0].features());
    for (FeatureMoments one : features) {
      all.merge(one);
    }
    Shrinkage amount = shrinkage;
    JavaRDD<ClassCovariance> parts =
        rows.mapPartitions(
            part -> {
              ClassCovariance covariance = new ClassCovariance(all, amount);
              while (part.hasNext()) {
                Row row = part.next();
                if (Label.of(row.get(0)) != null) {
                  covariance.add(row.<Vector>getAs(1).toArray(), 0);
                }
              }
              covariance.flush();
              return List.of(covariance).iterator();
            });
    return InOrder.merge(
            parts,
            (a, b) -> {
              a.merge(b);
              return a;
            })
        .orElseThrow()
        .covariance(amount);
  }
}
