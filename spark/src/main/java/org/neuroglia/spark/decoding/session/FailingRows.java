package org.neuroglia.spark.decoding.session;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.neuroglia.InvalidInputException;

/** Ends the job with the first session that cannot be decoded. */
final class FailingRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Row> call(Iterator<Row> decoded) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return decoded.hasNext();
      }

      @Override
      public Row next() {
        return decodedOnly(decoded.next());
      }
    };
  }

  /**
   * The row, if it was decoded.
   *
   * @throws InvalidInputException if not: it names the session and the reason
   */
  static Row decodedOnly(Row row) {
    String failure = row.getString(DecodedRow.place("failure"));
    if (failure != null) {
      String session = row.getString(DecodedRow.place("session"));
      throw new InvalidInputException(
          (session.isEmpty() ? "this session" : "session \"" + session + "\"")
              + " cannot be decoded: "
              + failure);
    }
    return row;
  }
}
