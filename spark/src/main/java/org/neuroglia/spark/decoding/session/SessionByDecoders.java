package org.neuroglia.spark.decoding.session;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;
import org.neuroglia.event.WindowCounts;

/** Decodes one session in its task. */
public final class SessionByDecoders implements CoGroupFunction<String, Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final DecodingSettings settings;
  private final boolean text;

  public SessionByDecoders(DecodingSettings settings, boolean text) {
    this.settings = settings;
    this.text = text;
  }

  /**
   * @param trains {@link CountedTrains#schema}, by neuron
   * @param trials {@link SessionTrials#schema}, donors first, then by event
   */
  @Override
  public Iterator<Row> call(String session, Iterator<Row> trains, Iterator<Row> trials) {
    if (!trials.hasNext()) {
      return List.<Row>of().iterator();
    }
    SessionTrials read = null;
    try {
      read = new SessionTrials(trials, text);
      WindowCounts windows = settings.counts();
      CountedTrains counted = new CountedTrains(trains, windows, settings.reducer());
      SessionInParts parts =
          settings.regression().isWanted()
              ? new RegressedSession(settings, session, read, counted)
              : new ClassifiedSession(settings, session, read, counted);
      return parts.rows().iterator();
    } catch (InvalidInputException e) {
      DecodedRow row = new DecodedRow(session, null, 0);
      if (read != null) {
        row.set("events", (long) read.size()).set("unlabelled", read.unlabelled());
      }
      return List.of(SessionInParts.failed(settings, row, e.getMessage())).iterator();
    }
  }
}
