package org.neuroglia.spark.nwb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.nwb.SharedFiles;
import org.neuroglia.spark.LocalSpark;

/** Rows of files that are filtered while they are read are those that Spark filters afterwards. */
class RandomFiltersTest {
  @TempDir Path folder;

  private static DataFrameReader nwb(String table) {
    return LocalSpark.session().read().format("nwb").option("table", table);
  }

  /** Predicates over the columns of rows, with values that are there and values that are not. */
  private record Predicates(List<StructField> fields, List<Row> rows, Random random) {
    String next(int depth) {
      int kind = depth == 0 ? 3 : random.nextInt(6);
      return switch (kind) {
        case 0 -> "(" + next(depth - 1) + " AND " + next(depth - 1) + ")";
        case 1 -> "(" + next(depth - 1) + " OR " + next(depth - 1) + ")";
        case 2 -> "NOT (" + next(depth - 1) + ")";
        default -> leaf();
      };
    }

    private String leaf() {
      StructField field = fields.get(random.nextInt(fields.size()));
      String column = "`" + field.name() + "`";
      if (field.dataType() instanceof ArrayType) {
        return oneOf("size(" + column + ") > 1", column + " IS NULL", column + " IS NOT NULL");
      }
      Supplier<String> value = () -> value(field);
      if (field.dataType().equals(DataTypes.StringType) && random.nextInt(3) == 0) {
        String letter = "" + (char) ('a' + random.nextInt(26));
        return column
            + " LIKE "
            + oneOf("'" + letter + "%'", "'%" + letter + "'", "'%" + letter + "%'", "'1%'");
      }
      if (field.dataType().equals(DataTypes.BooleanType) && random.nextBoolean()) {
        return column;
      }
      return switch (random.nextInt(6)) {
        case 0 -> column + oneOf(" IS NULL", " IS NOT NULL");
        case 1 -> column + " <=> " + oneOf(value.get(), "NULL");
        case 2 -> column + " IN (" + value.get() + ", " + value.get() + oneOf(")", ", NULL)");
        case 3 -> value.get() + comparison() + column;
        case 4 -> computed(field, column) + comparison() + "2";
        default -> column + comparison() + value.get();
      };
    }

    /** What no source understands. */
    private String computed(StructField field, String column) {
      boolean number = NumericType.class.isInstance(field.dataType());
      return number ? column + " + 1" : "length(CAST(" + column + " AS STRING))";
    }

    private String comparison() {
      return oneOf(" = ", " <> ", " < ", " <= ", " > ", " >= ");
    }

    private String value(StructField field) {
      Row row = rows.get(random.nextInt(rows.size()));
      Object value = row.get(row.fieldIndex(field.name()));
      DataType type = field.dataType();
      if (type.equals(DataTypes.StringType)) {
        return value == null || random.nextInt(6) == 0
            ? "'none'"
            : "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
      }
      if (type.equals(DataTypes.DoubleType)) {
        String number = oneOf("0D", "-0D", "DOUBLE('NaN')", "1D");
        return value == null || random.nextInt(4) == 0 ? number : "DOUBLE('" + value + "')";
      }
      if (type.equals(DataTypes.LongType)) {
        return value == null ? "0" : value + oneOf("L", "L", ".5D");
      }
      return oneOf("true", "false");
    }

    private String oneOf(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }

  private static void checkFilters(Dataset<Row> table, int count, long seed) {
    List<Row> rows = table.collectAsList();
    List<StructField> fields = List.of(table.schema().fields());
    Predicates predicates = new Predicates(fields, rows, new Random(seed));
    checkFilters(table, rows, Stream.generate(() -> predicates.next(2)).limit(count).toList());
  }

  /** What Spark finds true of the rows that were read must be what is read with the filter. */
  private static void checkFilters(Dataset<Row> table, List<Row> rows, List<String> predicates) {
    List<Row> truths =
        LocalSpark.session()
            .createDataFrame(rows, table.schema())
            .selectExpr(predicates.toArray(String[]::new))
            .collectAsList();
    int pushed = 0;
    for (int i = 0; i < predicates.size(); i++) {
      List<String> expected = new ArrayList<>();
      for (int row = 0; row < truths.size(); row++) {
        if (Boolean.TRUE.equals(truths.get(row).get(i))) {
          expected.add(rows.get(row).toString());
        }
      }
      Dataset<Row> filtered = table.where(predicates.get(i));
      List<String> found = filtered.collectAsList().stream().map(Row::toString).toList();
      assertEquals(expected, found, predicates.get(i));
      pushed += filtered.queryExecution().executedPlan().toString().contains("PushedF") ? 1 : 0;
    }
    assertTrue(pushed > predicates.size() / 6, pushed + " were pushed");
  }

  @Test
  void ofMadeEvents() {
    String[] files = new String[4];
    for (int i = 0; i < files.length; i++) {
      double nan = Double.NaN;
      NwbOne file =
          new NwbOne("file " + i, "s" + i)
              .presentation("flash", "timestamps", new double[] {0, -0.0, 1, i, i + 0.5, nan})
              .presentation("flash", "data", new long[] {5, i, 0, -1, 2, 1L << 40});
      if (i % 2 == 0) {
        file.presentation("flash", "colour", new String[] {"red", "a", "blue", "", "b%", "ä"})
            .presentation("flash", "contrast", new double[] {nan, 0, -0.0, 1, -1, 1e300});
      }
      if (i == 3) {
        file.presentation("flash", "contrast", new long[] {1, 2, 3, 0, 0, -1});
      }
      files[i] = file.write(folder.resolve(i + ".nwb")).toString();
    }
    checkFilters(nwb("flash").load(files), 30, 1);
  }

  @Test
  void ofMadeUnits() {
    String[] files = new String[3];
    for (int i = 0; i < files.length; i++) {
      NwbOne file = new NwbOne("file " + i, "s" + i);
      for (int unit = 0; unit < 12; unit++) {
        double[] times = new Random(unit).doubles(unit % 5).sorted().toArray();
        file.unit(unit % 3 == 0 ? "VISp" : "CA1", String.valueOf(i * unit), times);
      }
      files[i] = file.write(folder.resolve(i + ".nwb")).toString();
    }
    checkFilters(nwb("units").load(files), 30, 2);
  }

  @Test
  void ofTablesOfSharedFiles() {
    String[] names = {"ecephys.nwb", "layout_gzip_shuffle.nwb", "layout_big_endian.nwb"};
    String[] files =
        Stream.of(names)
            .map(name -> SharedFiles.file("nwb/pynwb_4/" + name).toString())
            .toArray(String[]::new);
    checkFilters(nwb("units").option("session", "path").load(files), 15, 3);
    checkFilters(nwb("trials").load(files[0]), 15, 4);
    checkFilters(nwb("/general/extracellular_ephys/electrodes").load(files[0]), 15, 5);
    String units = SharedFiles.file("nwb/sub-4_ses-4_ecephys+image.nwb").toString();
    checkFilters(nwb("units").load(units), 5, 6);
  }

  /** The units of this file are read by several tasks. */
  @Test
  void ofAFileThatIsCut() {
    Dataset<Row> units =
        nwb("units")
            .load(SharedFiles.file("session_x1.nwb").toString())
            .selectExpr("neuron", "area", "size(times)", "times[0]", "element_at(times, -1)");
    List<Row> rows = units.collectAsList();
    String some = "'" + rows.get(3).get(0) + "'";
    String other = "'" + rows.get(rows.size() - 2).get(0) + "'";
    checkFilters(
        units,
        rows,
        List.of(
            "neuron = " + some,
            "neuron IN (" + some + ", " + other + ")",
            "neuron > " + some + " OR neuron < " + other,
            "area = 'nowhere'"));
  }

  @Test
  void ofEveryTableOfUnitsOfTheSharedFolder() {
    String[] files =
        SharedFiles.below("nwb").stream()
            .filter(file -> file.toFile().length() < 1 << 20)
            .map(Path::toString)
            .filter(file -> !file.endsWith("empty.nwb")) // HDF5, but not NWB
            .filter(file -> !file.contains("zstd") && !file.contains("blosc")) // not read
            .toArray(String[]::new);
    List<Row> some =
        nwb("sessions").option("session", "path").load(files).where("units > 1").collectAsList();
    assertTrue(some.isEmpty() || some.size() > 10, some.size() + " files have units");
    for (Row session : some) {
      Dataset<Row> units = nwb("units").load(session.<String>getAs("path"));
      List<Row> rows = units.collectAsList();
      Object neuron = rows.get(rows.size() / 2).getAs("neuron");
      String literal = neuron instanceof Long ? neuron + "L" : "'" + neuron + "'";
      checkFilters(units, rows, List.of("neuron = " + literal, "neuron <> " + literal));
    }
  }
}
