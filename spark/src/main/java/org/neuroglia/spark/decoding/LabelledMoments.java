package org.neuroglia.spark.decoding;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.decoder.MomentDecoder;
import org.neuroglia.decoding.linalg.FeatureMoments;
import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.spark.decoding.session.Label;

/**
 * What a partition of labelled rows holds: moments per class, with classes in the order in which
 * they were met.
 *
 * @param <M> the moments that a decoder needs
 */
final class LabelledMoments<M extends Moments<M>> implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int BLOCK = 256;

  private final boolean perClass;
  private final Map<Object, Integer> codes = new LinkedHashMap<>();
  private final List<FeatureMoments> features = new ArrayList<>();
  private M moments;
  private long unlabelled;
  private Fault fault;

  private final transient MomentDecoder<M> decoder;
  private transient List<double[]> block = new ArrayList<>();
  private transient List<Integer> blockCodes = new ArrayList<>();

  /**
   * @param decoder what makes the moments; null where nothing will be added
   * @param perClass whether mean and variance of each class are needed beside the moments
   */
  private LabelledMoments(MomentDecoder<M> decoder, boolean perClass) {
    this.decoder = decoder;
    this.perClass = perClass;
  }

  /** Nothing seen. */
  static <M extends Moments<M>> LabelledMoments<M> none() {
    return new LabelledMoments<>(null, false);
  }

  /**
   * @param rows (label, features)
   */
  static <M extends Moments<M>> Iterator<LabelledMoments<M>> of(
      Iterator<Row> rows, MomentDecoder<M> decoder, boolean perClass) {
    LabelledMoments<M> part = new LabelledMoments<>(decoder, perClass);
    while (rows.hasNext() && part.fault == null) {
      Row row = rows.next();
      try {
        part.add(Label.of(row.get(0)), row.getAs(1));
      } catch (InvalidInputException e) {
        part.fault = Fault.of(e.getMessage());
      }
    }
    part.flush();
    return List.of(part).iterator();
  }

  private void add(Object label, Vector vector) {
    if (label == null) {
      unlabelled++;
      return;
    }
    int width = !block.isEmpty() ? block.get(0).length : width();
    fault = FeatureColumn.fault(vector, width);
    if (fault != null) {
      return;
    }
    double[] values = vector.toArray();
    decoder.requireUsable(new Responses(values, 1, values.length));
    int code = codes.computeIfAbsent(label, l -> codes.size());
    if (perClass) {
      if (code == features.size()) {
        features.add(new FeatureMoments(values.length));
      }
      features.get(code).add(values, 0);
    }
    block.add(values);
    blockCodes.add(code);
    if (block.size() == BLOCK) {
      flush();
    }
  }

  private int width() {
    return moments == null ? -1 : moments.neurons();
  }

  private void flush() {
    if (block.isEmpty()) {
      return;
    }
    Responses rows = Responses.of(block.toArray(new double[0][]));
    if (moments == null) {
      moments = decoder.moments(rows, codes.size());
    } else if (moments.classes() < codes.size()) {
      moments = moments.recoded(IntStream.range(0, moments.classes()).toArray(), codes.size());
    }
    moments.add(rows, blockCodes.stream().mapToInt(Integer::intValue).toArray());
    block.clear();
    blockCodes.clear();
  }

  /** Adds the rows of another partition to {@code a}. */
  static <M extends Moments<M>> LabelledMoments<M> merge(
      LabelledMoments<M> a, LabelledMoments<M> b) {
    a.unlabelled += b.unlabelled;
    if (a.fault != null || b.moments == null && b.fault == null) {
      return a;
    }
    if (b.fault != null || a.moments == null) {
      b.unlabelled = a.unlabelled;
      return b;
    }
    if (a.width() != b.width()) {
      a.fault = StandardScaler.differ(a.width(), b.width());
      return a;
    }
    int[] codesOfB = new int[b.codes.size()];
    b.codes.forEach(
        (label, code) -> codesOfB[code] = a.codes.computeIfAbsent(label, l -> a.codes.size()));
    int classes = a.codes.size();
    a.moments = a.moments.recoded(IntStream.range(0, a.moments.classes()).toArray(), classes);
    a.moments.merge(b.moments.recoded(codesOfB, classes));
    for (int k = 0; k < b.features.size(); k++) {
      if (codesOfB[k] == a.features.size()) {
        a.features.add(b.features.get(k));
      } else {
        a.features.get(codesOfB[k]).merge(b.features.get(k));
      }
    }
    return a;
  }

  Fault fault() {
    return fault;
  }

  long unlabelled() {
    return unlabelled;
  }

  ClassLabels classes(boolean text) {
    return Label.classes(codes.keySet(), text);
  }

  /** Moments with the classes in their own order. */
  M moments(ClassLabels classes) {
    int[] order = new int[codes.size()];
    codes.forEach((label, code) -> order[code] = Label.code(classes, label));
    return moments.recoded(order, classes.size()).recentred();
  }

  /** Mean and variance of each class, in the classes' own order. */
  FeatureMoments[] features(ClassLabels classes) {
    FeatureMoments[] ordered = new FeatureMoments[classes.size()];
    codes.forEach((label, code) -> ordered[Label.code(classes, label)] = features.get(code));
    return ordered;
  }
}
