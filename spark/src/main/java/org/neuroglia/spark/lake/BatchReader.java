package org.neuroglia.spark.lake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.lake.Batch.Work;
import org.neuroglia.spark.nwb.HadoopFiles;
import org.neuroglia.spark.nwb.NwbRecording;

/**
 * Reads the files of a batch, each once, and writes the rows of all their tables.
 *
 * <p>A file that turns out to be damaged when rows of it are written already spoils what the batch
 * has written: the batch then begins again without it.
 */
final class BatchReader {
  private static final int MOST_OPEN = 32;

  /**
   * What is to be done.
   *
   * @param lake its folder
   * @param run names the files of this ingest
   * @param columns names for tables without, by the name of the table; "" for any that they fit
   * @param known columns of the tables that the lake has
   */
  record Order(
      String lake,
      String run,
      String sessionField,
      List<String> series,
      Map<String, List<String>> columns,
      Map<String, StructType> known,
      boolean stopsAtFailure)
      implements Serializable {}

  /** A file that cannot be read to its end. */
  private static final class Spoilt extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Batch.Failure failure;

    Spoilt(Batch.Failure failure) {
      super(failure.reason());
      this.failure = failure;
    }
  }

  private record WriterKey(String table, StructType schema) {}

  private final Order order;
  private final Batch batch;
  private final Configuration hadoop;
  private final List<Batch.Failure> failures = new ArrayList<>();

  private Map<WriterKey, TableWriter> writers = new LinkedHashMap<>(16, 0.75f, true);
  private List<DataFile> files = new ArrayList<>();
  private List<Batch.Session> sessions = new ArrayList<>();
  private Map<WriterKey, Batch.Columns> columns = new LinkedHashMap<>();
  private int written;
  private long rowsOfFile;

  private BatchReader(Order order, Batch batch, Configuration hadoop) {
    this.order = order;
    this.batch = batch;
    this.hadoop = hadoop;
  }

  static Batch.Result read(Order order, Batch batch, Configuration hadoop) {
    return new BatchReader(order, batch, hadoop).read();
  }

  private Batch.Result read() {
    Set<String> unreadable = new HashSet<>();
    while (true) {
      try {
        for (Work work : batch.work()) {
          if (!unreadable.contains(work.source().file())) {
            read(work).ifPresent(failure -> add(failure, unreadable));
          }
        }
        for (TableWriter writer : writers.values()) {
          files.add(writer.finish());
        }
        return new Batch.Result(files, sessions, failures, List.copyOf(columns.values()));
      } catch (Spoilt spoilt) {
        abandon();
        add(spoilt.failure, unreadable);
      } catch (RuntimeException | Error e) {
        abandon();
        throw e;
      }
    }
  }

  private void add(Batch.Failure failure, Set<String> unreadable) {
    if (order.stopsAtFailure()) {
      throw new InvalidInputException(failure.reason());
    }
    failures.add(failure);
    unreadable.add(failure.source().file());
  }

  private void abandon() {
    writers.values().forEach(TableWriter::abandon);
    for (DataFile file : files) {
      TableWriter.delete(new Path(folder(file.table()), file.name()), hadoop);
    }
    writers = new LinkedHashMap<>(16, 0.75f, true);
    files = new ArrayList<>();
    sessions = new ArrayList<>();
    columns = new LinkedHashMap<>();
  }

  private Path folder(String table) {
    return new Path(order.lake(), TableKeys.folder(table));
  }

  /** Reads a file; returns why it cannot be read, if that is known before rows are written. */
  private Optional<Batch.Failure> read(Work work) throws Spoilt {
    rowsOfFile = 0;
    String file = work.source().file();
    try (NwbRecording recording = NwbRecording.open(file, order.sessionField(), hadoop)) {
      SessionReader reader =
          new SessionReader(order, work, recording, (table, schema) -> rows(table, schema, file));
      Batch.Session session = reader.read();
      reader.columns().forEach(c -> columns.putIfAbsent(new WriterKey(c.table(), c.schema()), c));
      if (work.isWhole()) {
        sessions.add(session);
      }
      return Optional.empty();
    } catch (TableWriter.WriteFailure e) {
      throw e;
    } catch (RuntimeException e) {
      Batch.Failure failure = new Batch.Failure(work.source(), reason(file, e));
      if (rowsOfFile > 0) {
        throw new Spoilt(failure);
      }
      return Optional.of(failure);
    }
  }

  private static String reason(String file, RuntimeException e) {
    String name = HadoopFiles.shown(file);
    String message = String.valueOf(e.getMessage());
    if (e instanceof InvalidInputException) {
      return message.contains(name) ? message : name + ": " + message;
    }
    return name + " cannot be read: " + e.getClass().getSimpleName() + ": " + message + ".";
  }

  /** Where rows of a table and schema go. */
  private TableWriter writer(String table, StructType schema, String recording) {
    WriterKey key = new WriterKey(table, schema);
    TableWriter writer = writers.get(key);
    if (writer == null) {
      if (writers.size() == MOST_OPEN) {
        finish(writers.keySet().iterator().next());
      }
      String name =
          String.format(Locale.ROOT, "part-%s-%05d-%03d", order.run(), batch.number(), written++);
      writer = new TableWriter(table, schema, folder(table), name, hadoop);
      writers.put(key, writer);
    }
    writer.from(recording);
    return writer;
  }

  private void finish(WriterKey key) {
    files.add(writers.remove(key).finish());
  }

  /** What takes the rows of a table of a file; a Parquet file is begun with the first. */
  private Consumer<InternalRow> rows(String table, StructType schema, String recording) {
    return new Consumer<>() {
      private TableWriter writer;

      @Override
      public void accept(InternalRow row) {
        if (writer == null) {
          writer = writer(table, schema, recording);
        }
        writer.write(row);
        rowsOfFile++;
        if (writer.isFull()) {
          finish(new WriterKey(table, schema));
          writer = null;
        }
      }
    };
  }
}
