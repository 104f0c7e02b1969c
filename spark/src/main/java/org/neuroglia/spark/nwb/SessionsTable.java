package org.neuroglia.spark.nwb;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.neuroglia.nwb.NwbFile;
import org.neuroglia.nwb.NwbSession;
import org.neuroglia.nwb.NwbTableName;
import org.neuroglia.spark.plan.Values;

/**
 * The table {@code sessions}: a row per file. Texts are null where the file says nothing; {@code
 * tables} are the names of its tables and {@code table_rows} how many rows each has.
 */
final class SessionsTable {
  static final StructType SCHEMA =
      new StructType()
          .add(text("session", false))
          .add(text("path", false))
          .add(text("version", false))
          .add(text("session_id", true))
          .add(text("identifier", true))
          .add(text("start_time", true))
          .add(text("description", true))
          .add(text("experimenter", true))
          .add(text("lab", true))
          .add(text("institution", true))
          .add(text("subject_id", true))
          .add(text("species", true))
          .add(text("strain", true))
          .add(text("genotype", true))
          .add(text("sex", true))
          .add(text("age", true))
          .add(new StructField("units", DataTypes.LongType, false, Metadata.empty()))
          .add("tables", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("table_rows", DataTypes.createArrayType(DataTypes.LongType, false), false);

  private SessionsTable() {}

  static StructField text(String name, boolean nullable) {
    return new StructField(name, DataTypes.StringType, nullable, Metadata.empty());
  }

  static InternalRow row(NwbFile file, String path, String session, StructType wanted) {
    NwbSession about = file.session();
    Object[] values = new Object[wanted.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(file, about, path, session, wanted.fieldNames()[i]);
    }
    return Values.row(values);
  }

  private static Object value(
      NwbFile file, NwbSession about, String path, String session, String column) {
    NwbSession.Subject subject = about.subject();
    List<NwbTableName> tables = file.tables();
    return switch (column) {
      case "session" -> UTF8String.fromString(session);
      case "path" -> UTF8String.fromString(path);
      case "version" -> UTF8String.fromString(file.version());
      case "session_id" -> orNull(about.sessionId());
      case "identifier" -> orNull(about.identifier());
      case "start_time" -> orNull(about.startTime());
      case "description" -> orNull(about.description());
      case "experimenter" -> orNull(about.experimenter());
      case "lab" -> orNull(about.lab());
      case "institution" -> orNull(about.institution());
      case "subject_id" -> orNull(subject.subjectId());
      case "species" -> orNull(subject.species());
      case "strain" -> orNull(subject.strain());
      case "genotype" -> orNull(subject.genotype());
      case "sex" -> orNull(subject.sex());
      case "age" -> orNull(subject.age());
      case "units" ->
          tables.stream()
              .filter(t -> t.name().equals("units"))
              .mapToLong(file::rowCount)
              .findFirst()
              .orElse(0);
      case "tables" ->
          Values.list(tables.stream().map(t -> UTF8String.fromString(t.name())).toArray());
      case "table_rows" -> Values.array(tables.stream().mapToLong(file::rowCount).toArray());
      default -> throw new IllegalArgumentException(column);
    };
  }

  private static UTF8String orNull(String text) {
    return text.isEmpty() ? null : UTF8String.fromString(text);
  }
}
