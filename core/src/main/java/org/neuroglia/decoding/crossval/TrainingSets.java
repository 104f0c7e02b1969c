package org.neuroglia.decoding.crossval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.DecoderModel;
import org.neuroglia.decoding.decoder.MomentDecoder;
import org.neuroglia.decoding.linalg.ClassMoments;
import org.neuroglia.decoding.linalg.Moments;
import org.neuroglia.decoding.split.Folds;
import org.neuroglia.decoding.split.Responses;

/**
 * The training sets of a session's folds. Where the decoder needs no more than moments, they are
 * differences of moments rather than copies of rows.
 */
public abstract class TrainingSets {
  final boolean standardise;
  public final Responses rows;
  final int[] y;
  final int classes;

  private TrainingSets(boolean standardise, Responses rows, int[] y, int classes) {
    this.standardise = standardise;
    this.rows = rows;
    this.y = y;
    this.classes = classes;
  }

  /**
   * @param folds of which there will be training sets
   */
  public static TrainingSets of(
      Decoder decoder,
      boolean standardise,
      Responses rows,
      int[] y,
      int classes,
      List<Folds> folds) {
    int fewest = folds.stream().mapToInt(TrainingSets::fewestTrained).min().orElse(0);
    return decoder instanceof MomentDecoder<?> moments
            && moments.fitsFromMoments()
            && !moments.prefersRows(fewest, rows.neurons(), classes)
        ? new FromMoments<>(moments, standardise, rows, y, classes, folds)
        : new FromRows(decoder, standardise, rows, y, classes);
  }

  private static int fewestTrained(Folds folds) {
    return IntStream.range(0, folds.count()).map(fold -> folds.train(fold).length).min().orElse(0);
  }

  /** Whether {@link TrainingSet#moments} are known. */
  public boolean haveMoments() {
    return this instanceof FromMoments<?>;
  }

  /** The training events of one fold. */
  public abstract TrainingSet of(Folds folds, int fold);

  private static final class FromRows extends TrainingSets {
    private final Decoder decoder;

    FromRows(Decoder decoder, boolean standardise, Responses rows, int[] y, int classes) {
      super(standardise, rows, y, classes);
      this.decoder = decoder;
    }

    @Override
    public TrainingSet of(Folds folds, int fold) {
      return new TrainingSet(this, folds, fold) {
        @Override
        DecoderModel modelOf(int[] labels, Recoding recoding) {
          return fitRows(decoder, labels, recoding);
        }

        @Override
        DecoderModel modelOfTrueLabels(Recoding recoding) {
          return modelOf(y, recoding);
        }
      };
    }
  }

  /**
   * The training moments are the total less the fold's. The total is the sum of the first repeat's
   * folds, which are kept, so that no event is looked at twice for it.
   */
  private static final class FromMoments<M extends Moments<M>> extends TrainingSets {
    /** Moments of folds that are kept may take so many bytes. */
    private static final long MEMORY = 64L << 20;

    private final MomentDecoder<M> decoder;
    private final M total;
    private final Optional<Folds> keptOf;
    private final List<M> kept = new ArrayList<>();

    FromMoments(
        MomentDecoder<M> decoder,
        boolean standardise,
        Responses rows,
        int[] y,
        int classes,
        List<Folds> folds) {
      super(standardise, rows, y, classes);
      this.decoder = decoder;
      this.total = decoder.moments(rows, classes);
      long pairs = (long) rows.neurons() * rows.neurons();
      // Other moments find their origins as rows come, and would not be the same.
      boolean addUp = total instanceof ClassMoments;
      keptOf = folds.stream().findFirst().filter(of -> addUp && 8 * pairs * of.count() <= MEMORY);
      if (keptOf.isEmpty()) {
        total.add(rows, y);
        return;
      }
      for (int fold = 0; fold < keptOf.get().count(); fold++) {
        M part = moments(keptOf.get().test(fold));
        kept.add(part);
        total.merge(part);
      }
      total.merge(moments(keptOf.get().test(-1))); // trained on only
    }

    private M moments(int[] events) {
      M part = total.none();
      part.add(rows, y, events);
      return part;
    }

    @Override
    public TrainingSet of(Folds folds, int fold) {
      boolean known = keptOf.isPresent() && keptOf.get() == folds;
      M part = known ? kept.get(fold) : moments(folds.test(fold));
      M training = total.minus(part);
      return new TrainingSet(this, folds, fold) {
        @Override
        DecoderModel modelOfTrueLabels(Recoding recoding) {
          return fit(training, recoding);
        }

        @Override
        DecoderModel modelOf(int[] labels, Recoding recoding) {
          return fit(
              training.relabelled(rows, labels, trained(), recoding.code().length), recoding);
        }

        private DecoderModel fit(M moments, Recoding recoding) {
          M recoded = moments.recoded(recoding.code(), recoding.original().length);
          return decoder.fit(standardise ? scaler().transform(recoded) : recoded);
        }

        @Override
        public Moments<?> moments() {
          return training;
        }
      };
    }
  }
}
