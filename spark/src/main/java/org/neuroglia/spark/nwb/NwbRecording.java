package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.nwb.NwbTableName;
import org.neuroglia.nwb.TraceSeries;

/**
 * An NWB file, opened once, as rows of all its tables: the same rows, digit for digit, that the
 * data source {@code nwb} reads table by table. For what takes whole files, where a query would
 * open each of them again for every table.
 *
 * <p>Not thread-safe. Everything unreadable is an {@link InvalidInputException} that names the
 * file.
 */
public final class NwbRecording implements AutoCloseable {
  /** What {@link #about} tells: the source's table {@code sessions}, without what it counts. */
  public static final StructType ABOUT =
      new StructType(
          Arrays.stream(SessionsTable.SCHEMA.fields())
              .filter(field -> !List.of("units", "tables", "table_rows").contains(field.name()))
              .toArray(org.apache.spark.sql.types.StructField[]::new));

  private final NwbFile file;
  private final String path;
  private final String session;

  private NwbRecording(NwbFile file, String path, String session) {
    this.file = file;
    this.path = path;
    this.session = session;
  }

  /**
   * @param path a file, as {@link HadoopFiles#resolve} names it
   * @param sessionField what names the session, as the option {@code session} of the source: {@code
   *     session_id}, {@code identifier}, {@code path}, or {@code auto} for the first that there is
   */
  public static NwbRecording open(String path, String sessionField, Configuration hadoop) {
    NwbOptions options = options(path, sessionField);
    NwbFile file = HadoopFiles.open(path, hadoop);
    try {
      return new NwbRecording(file, path, NwbInputs.session(file, path, options));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Refuses what cannot name a session.
   *
   * @throws InvalidInputException naming what can
   */
  public static void checkSessionField(String sessionField) {
    options("any", sessionField);
  }

  private static NwbOptions options(String path, String sessionField) {
    return NwbOptions.of(
        new CaseInsensitiveStringMap(Map.of("path", path, "session", sessionField)));
  }

  /** The value of the column {@code session}. */
  public String session() {
    return session;
  }

  /** A row of {@link #ABOUT}. */
  public InternalRow about() {
    return SessionsTable.row(file, path, session, ABOUT);
  }

  /** The tables of times that the file has. */
  public List<NwbTableName> tables() {
    return file.tables();
  }

  /** How many names {@link #table} needs, where the file has none; else 0. */
  public int unnamedColumns(NwbTableName table) {
    return file.unnamedColumns(table);
  }

  /** Whether a table is a signal sampled at a rate rather than a table of events. */
  public boolean hasRate(NwbTableName table) {
    return file.hasRate(table);
  }

  /**
   * @param columns names for a table without
   */
  public RecordedTable table(NwbTableName name, List<String> columns) {
    NwbTable table = file.table(name.path(), columns.toArray(String[]::new));
    return new RecordedTable(table, session);
  }

  /** A time series by its name or path; nothing where the file has none of that name. */
  public Optional<RecordedTraces> traces(String nameOrPath) {
    if (!file.hasTrace(nameOrPath)) {
      return Optional.empty();
    }
    TraceSeries series = file.trace(nameOrPath);
    return Optional.of(new RecordedTraces(series, session));
  }

  /** Sentences on what of the file is left out. */
  public List<String> notes() {
    return new ArrayList<>(file.notes());
  }

  @Override
  public void close() {
    file.close();
  }
}
