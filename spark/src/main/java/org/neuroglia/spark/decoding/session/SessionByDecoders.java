package org.neuroglia.spark.decoding.session;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.CoGroupFunction;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;

/** Decodes one session in its task. */
final class SessionByDecoders implements CoGroupFunction<String, Row, Row, Row> {
  private static final long serialVersionUID = 1L;

  private final DecodingSettings settings;
  private final SessionInput input;
  private final boolean text;

  SessionByDecoders(DecodingSettings settings, SessionInput input, boolean text) {
    this.settings = settings;
    this.input = input;
    this.text = text;
  }

  /**
   * @param neurons as the {@link SessionInput} reads them
   * @param trials {@link SessionTrials#schema}, donors first, then by event
   */
  @Override
  public Iterator<Row> call(String session, Iterator<Row> neurons, Iterator<Row> trials) {
    if (!trials.hasNext()) {
      return List.<Row>of().iterator();
    }
    SessionTrials read = null;
    try {
      read = new SessionTrials(trials, text);
      SessionResponses responses = input.read(neurons, read);
      SessionInParts parts =
          settings.regression().isWanted()
              ? new RegressedSession(settings, session, read, responses)
              : new ClassifiedSession(settings, session, read, responses);
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
