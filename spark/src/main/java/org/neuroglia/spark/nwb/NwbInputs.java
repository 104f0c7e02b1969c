package org.neuroglia.spark.nwb;

import java.io.Serializable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
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
  /** Columns with fewer bytes are cut, if at all, as if each row had as much. */
  private static final long MUCH = 4L << 20;

  /**
   * A file.
   *
   * @param session the value of the column of that name
   * @param tablePath where the table is in the file
   * @param rows of the table; 0 where the file lacks it
   * @param values how many innermost values each field has, about, where there are no ends
   * @param ends of lists, by the name of the field, where there is much in them: the number of
   *     values in each row and all rows before
   */
  record Input(
      HadoopFiles.Listed file,
      String session,
      String tablePath,
      int rows,
      List<Field> fields,
      long[] values,
      Map<String, long[]> ends)
      implements Serializable {
    private static Input without(HadoopFiles.Listed file, String session, int rows) {
      return new Input(file, session, "", rows, List.of(), new long[0], Map.of());
    }

    private Input with(List<Field> sameFields) {
      return new Input(file, session, tablePath, rows, sameFields, values, ends);
    }

    /** Number of innermost values of a field, about. */
    long valuesOf(int field) {
      long[] known = ends.get(fields.get(field).name());
      return known == null ? values[field] : known[known.length - 1];
    }

    boolean has(String column) {
      return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(column));
    }

    /** As people write it. */
    String shown() {
      return HadoopFiles.shown(file.file());
    }
  }

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

  /** Columns by which rows are left out: of sessions what is known before a file is opened. */
  StructType filtered() {
    return isSessions(options)
        ? new StructType().add(schema.apply("session")).add(schema.apply("path"))
        : schema;
  }

  /** Opens every file, several at a time. */
  static NwbInputs inspect(NwbOptions options, Configuration configuration) {
    List<HadoopFiles.Listed> files = HadoopFiles.list(options.paths(), configuration);
    SerializableConfiguration hadoop = new SerializableConfiguration(configuration);
    List<Input> read = FileHeaders.read(files, file -> inspect(file, options, hadoop.value()));
    Map<List<Field>, List<Field>> same = new HashMap<>(); // files of a lake have the same columns
    List<Input> inputs =
        read.stream().map(i -> i.with(same.computeIfAbsent(i.fields(), f -> f))).toList();
    inputs.forEach(checkingSessions(Input::session, Input::shown));
    if (isSessions(options)) {
      return new NwbInputs(options, inputs, SessionsTable.SCHEMA);
    }
    return new NwbInputs(options, inputs, merged(inputs, options));
  }

  static boolean isSessions(NwbOptions options) {
    return options.table().equals("sessions");
  }

  private static Input inspect(
      HadoopFiles.Listed listed, NwbOptions options, Configuration hadoop) {
    try (NwbFile file = HadoopFiles.open(listed, hadoop, new ReadCount())) {
      String session = session(file, listed.file(), options);
      if (isSessions(options)) {
        return Input.without(listed, session, 1);
      }
      if (options.skipMissing() && !file.has(options.table())) {
        return Input.without(listed, session, 0);
      }
      NwbTable table = file.table(options.table(), options.columns().toArray(String[]::new));
      List<Field> fields = table.columns().stream().map(column -> field(column, options)).toList();
      long[] values = new long[fields.size()];
      Map<String, long[]> ends = new HashMap<>();
      for (int i = 0; i < values.length; i++) {
        NwbColumn column = table.columns().get(i);
        // The times of NWB 1 are not counted in one place: they are most of a file.
        values[i] = column.valueCount().orElse(listed.size() / Double.BYTES);
        if (column.depth() > 0 && table.rowCount() > 1 && values[i] > MUCH / Double.BYTES) {
          ends(column).ifPresent(counted -> ends.put(column.name(), counted));
        }
      }
      return new Input(listed, session, table.path(), table.rowCount(), fields, values, ends);
    }
  }

  /** None where they are damaged, which only concerns a query that asks for the column. */
  private static Optional<long[]> ends(NwbColumn column) {
    try {
      return Optional.of(column.ends());
    } catch (InvalidInputException e) {
      return Optional.empty();
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
            other
                + " and "
                + file.apply(input)
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
            + fileOfA.shown()
            + " and "
            + described(b)
            + " in "
            + fileOfB.shown()
            + help
            + ".");
  }

  private static String described(Field field) {
    return NwbRows.dataType(field.type(), field.depth()).simpleString();
  }
}
