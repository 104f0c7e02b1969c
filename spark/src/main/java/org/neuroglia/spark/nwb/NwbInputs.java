package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.neuroglia.InvalidInputException;
import org.neuroglia.nwb.NwbColumn;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbSession;
import org.neuroglia.nwb.NwbTable;
import org.neuroglia.nwb.NwbType;

/**
 * The files of a query, as their headers tell: the session of each, how many rows its table has,
 * and the columns of all files merged.
 */
final class NwbInputs {
  private static final int OPEN_AT_A_TIME = 16;

  /**
   * A file.
   *
   * @param session the value of the column of that name
   * @param tablePath where the table is in the file
   * @param rows of the table; 0 where the file lacks it
   */
  record Input(String file, String session, String tablePath, int rows, List<Field> fields)
      implements Serializable {}

  /** A column of one file. */
  record Field(String name, NwbType type, int depth) implements Serializable {}

  private final NwbOptions options;
  private final List<Input> inputs;
  private final StructType schema;

  private NwbInputs(NwbOptions options, List<Input> inputs, StructType schema) {
    this.options = options;
    this.inputs = inputs;
    this.schema = schema;
  }

  NwbOptions options() {
    return options;
  }

  List<Input> inputs() {
    return inputs;
  }

  StructType schema() {
    return schema;
  }

  /** Opens every file, several at a time. */
  static NwbInputs inspect(NwbOptions options, Configuration configuration) {
    List<String> files = HadoopFiles.resolve(options.paths(), configuration);
    List<Input> inputs = onAll(files, file -> inspect(file, options, configuration));
    inputs.forEach(checkingSessions(Input::session, Input::file));
    if (isSessions(options)) {
      return new NwbInputs(options, inputs, SessionsTable.SCHEMA);
    }
    return new NwbInputs(options, inputs, merged(inputs, options));
  }

  static boolean isSessions(NwbOptions options) {
    return options.table().equals("sessions");
  }

  interface Task<T> {
    T on(String file);
  }

  /** Results in the order of the files; opening files mostly waits for a store. */
  static <T> List<T> onAll(List<String> files, Task<T> task) {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(OPEN_AT_A_TIME, files.size())));
    try {
      List<Callable<T>> calls = new ArrayList<>();
      files.forEach(file -> calls.add(() -> task.on(file)));
      List<T> results = new ArrayList<>();
      for (Future<T> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Input inspect(String path, NwbOptions options, Configuration configuration) {
    try (NwbFile file = HadoopFiles.open(path, configuration)) {
      String session = session(file, path, options);
      if (isSessions(options)) {
        return new Input(path, session, "", 1, List.of());
      }
      if (options.skipMissing() && !file.has(options.table())) {
        return new Input(path, session, "", 0, List.of());
      }
      NwbTable table = file.table(options.table(), options.columns().toArray(String[]::new));
      List<Field> fields = table.columns().stream().map(column -> field(column, options)).toList();
      return new Input(path, session, table.path(), table.rowCount(), fields);
    }
  }

  private static Field field(NwbColumn column, NwbOptions options) {
    boolean asString = column.name().equals("neuron") && options.neuronsAsStrings();
    return new Field(column.name(), asString ? NwbType.STRING : column.type(), column.depth());
  }

  /** What the column {@code session} is. */
  static String session(NwbFile file, String path, NwbOptions options) {
    NwbSession session = file.session();
    String name =
        switch (options.session()) {
          case SESSION_ID -> session.sessionId();
          case IDENTIFIER -> session.identifier();
          case PATH -> HadoopFiles.shown(path);
          case AUTO -> !session.sessionId().isBlank() ? session.sessionId() : session.identifier();
        };
    if (!name.isBlank()) {
      return name;
    }
    if (options.session() != NwbOptions.SessionName.AUTO) {
      throw new InvalidInputException(
          file.name()
              + " has no "
              + options.session().name().toLowerCase(Locale.ROOT)
              + "; set the option session to session_id, identifier or path.");
    }
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Refuses the second file of a session. */
  static <T> Consumer<T> checkingSessions(Function<T, String> session, Function<T, String> file) {
    Map<String, String> files = new HashMap<>();
    return input -> {
      String other = files.putIfAbsent(session.apply(input), file.apply(input));
      if (other != null) {
        throw new InvalidInputException(
            HadoopFiles.shown(other)
                + " and "
                + HadoopFiles.shown(file.apply(input))
                + " have the same session "
                + session.apply(input)
                + "; set the option session (--session) to identifier or path.");
      }
    };
  }

  /** Columns of all files by name; {@code session} first. */
  private static StructType merged(List<Input> inputs, NwbOptions options) {
    List<Input> having = inputs.stream().filter(i -> !i.fields().isEmpty()).toList();
    if (having.isEmpty()) {
      throw new InvalidInputException("None of the files has a table " + options.table() + ".");
    }
    Map<String, Field> merged = new LinkedHashMap<>();
    Map<String, Input> first = new HashMap<>();
    Map<String, Integer> count = new HashMap<>();
    for (Input input : having) {
      for (Field field : input.fields()) {
        String key = field.name().toLowerCase(Locale.ROOT);
        count.merge(key, 1, Integer::sum);
        Input other = first.putIfAbsent(key, input);
        Field known = merged.get(key);
        merged.put(key, known == null ? field : merge(known, field, other, input));
      }
    }
    StructType schema = new StructType().add(SessionsTable.text("session", false));
    for (Map.Entry<String, Field> entry : merged.entrySet()) {
      Field field = entry.getValue();
      boolean everywhere = count.get(entry.getKey()) == having.size();
      boolean nullable = !everywhere || field.type() == NwbType.STRING;
      schema = schema.add(structField(field, nullable && !isNeuron(field)));
    }
    return schema;
  }

  private static boolean isNeuron(Field field) {
    return field.name().equals("neuron");
  }

  private static StructField structField(Field field, boolean nullable) {
    return new StructField(
        field.name(),
        NwbRows.dataType(field.type(), field.depth()),
        nullable,
        org.apache.spark.sql.types.Metadata.empty());
  }

  private static Field merge(Field a, Field b, Input fileOfA, Input fileOfB) {
    boolean numbers = a.type().isNumber() && b.type().isNumber();
    if (a.depth() == b.depth() && (a.type() == b.type() || numbers)) {
      return a.type() == b.type() ? a : new Field(a.name(), NwbType.DOUBLE, a.depth());
    }
    String help =
        isNeuron(a)
            ? "; set the option neuronType to string to read both as strings"
            : "; read the files one by one";
    throw new InvalidInputException(
        "Column "
            + a.name()
            + " is "
            + described(a)
            + " in "
            + HadoopFiles.shown(fileOfA.file())
            + " and "
            + described(b)
            + " in "
            + HadoopFiles.shown(fileOfB.file())
            + help
            + ".");
  }

  private static String described(Field field) {
    return NwbRows.dataType(field.type(), field.depth()).simpleString();
  }
}
