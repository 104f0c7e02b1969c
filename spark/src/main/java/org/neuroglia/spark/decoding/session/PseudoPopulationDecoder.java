package org.neuroglia.spark.decoding.session;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.PseudoPopulation;
import org.neuroglia.decoding.SessionDecoder;
import org.neuroglia.decoding.decoder.UnfitClassException;
import org.neuroglia.decoding.split.Balance;
import org.neuroglia.decoding.split.ClassLabels;
import org.neuroglia.decoding.split.NullLabels;
import org.neuroglia.decoding.split.Responses;
import org.neuroglia.decoding.split.SessionLabels;
import org.neuroglia.decoding.split.Splits;
import scala.Tuple3;

/** Puts the parts of the sessions in one resample together and decodes it, in its task. */
final class PseudoPopulationDecoder
    implements FlatMapGroupsFunction<Tuple3<Integer, String, Integer>, Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What the session of a pseudo-population is called. */
  static final String NAME = "pseudo-population";

  private final DecodingSettings settings;
  private final boolean text;

  PseudoPopulationDecoder(DecodingSettings settings, boolean text) {
    this.settings = settings;
    this.text = text;
  }

  /**
   * @param key resample, group and window
   * @param parts {@link PseudoSession#schema}, by session
   */
  @Override
  public Iterator<Row> call(Tuple3<Integer, String, Integer> key, Iterator<Row> parts) {
    List<Row> rows = new ArrayList<>();
    List<Row> sessions = new ArrayList<>();
    parts.forEachRemaining(sessions::add);
    if (key._1() == PseudoSession.NONE) {
      sessions.forEach(session -> rows.add(leftOut(session)));
      return rows.iterator();
    }
    List<Object> labels = sessions.get(0).getList(sessions.get(0).fieldIndex("classes"));
    ClassLabels classes = Label.classes(labels, text);
    PseudoPopulation population = settings.pseudo().population(classes.size());
    SessionLabels trials =
        new SessionLabels(NAME, population.y(), classes.size())
            .withGroups(population.testedBy().fold());
    int neurons = sessions.stream().mapToInt(row -> row.<Integer>getAs("neurons")).sum();
    long unlabelled = sessions.stream().mapToLong(row -> row.<Long>getAs("unlabelled")).sum();
    double[] window = settings.windows().get(key._3());
    Responses pooled = null;
    for (String name : settings.methods().keySet()) {
      DecodedRow row =
          new DecodedRow(NAME, key._2(), neurons)
              .set("draw", key._1())
              .set("decoder", name)
              .set("events", (long) population.events())
              .set("unlabelled", unlabelled)
              .set("sessions", sessions.size())
              .windows(window, window);
      try {
        pooled = pooled == null ? pooled(sessions, population.events(), neurons) : pooled;
        rows.add(row.classes(classes).scores(decoder(name, trials).decode(pooled)).toRow());
      } catch (UnfitClassException e) {
        rows.add(row.set("failure", e.named(classes).getMessage()).toRow());
      } catch (InvalidInputException e) {
        rows.add(row.set("failure", e.getMessage()).toRow());
      }
    }
    return rows.iterator();
  }

  private SessionDecoder decoder(String name, SessionLabels trials) {
    DecodingSettings.Method method = settings.methods().get(name);
    return new SessionDecoder(
        method.decoder(),
        method.standardise(),
        Splits.predefined(),
        NullLabels.NONE,
        Balance.NONE,
        trials);
  }

  private Row leftOut(Row session) {
    double[] first = settings.windows().get(0);
    double[] last = settings.windows().get(settings.windows().size() - 1);
    double[] whole = {first[0], last[last.length - 1]};
    return new DecodedRow(session.getAs("session"), null, 0)
        .set("decoder", String.join(", ", settings.methods().keySet()))
        .set("events", session.getAs("events"))
        .set("unlabelled", session.getAs("unlabelled"))
        .set("failure", "it takes no part: " + session.getAs("failure"))
        .windows(whole, whole)
        .toRow();
  }

  private static Responses pooled(List<Row> sessions, int events, int neurons) {
    if ((long) events * neurons > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          String.format(
              "%,d pseudo-trials of %,d neurons are more than one task can hold; take fewer trials"
                  + " per class, or fewer units",
              events, neurons));
    }
    double[] values = new double[events * neurons];
    int column = 0;
    for (Row session : sessions) {
      int width = session.getAs("neurons");
      DoubleBuffer block = ByteBuffer.wrap(session.<byte[]>getAs("block")).asDoubleBuffer();
      for (int event = 0; event < events; event++) {
        block.get(event * width, values, event * neurons + column, width);
      }
      column += width;
    }
    return new Responses(values, events, neurons);
  }
}
