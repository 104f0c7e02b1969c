package org.neuroglia.spark.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.neuroglia.nwb.NwbOne;
import org.neuroglia.spark.LocalSpark;

/** Small NWB files in a folder, and what the data source reads from them. */
final class Archive {
  private final Path folder;

  Archive(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
  }

  String path() {
    return folder.toString();
  }

  Path file(String name) {
    return folder.resolve(name + ".nwb");
  }

  /** A session with two areas and a table of images; {@code more} makes it another. */
  static NwbOne session(String id, double more) {
    return new NwbOne("identifier " + id, id)
        .unit("V1", "10", 1, 2, 3 + more)
        .unit("V1", "9")
        .unit("LP", "3", 0.25, 7)
        .presentation("images", "timestamps", new double[] {1, 2 + more})
        .presentation("images", "image", new long[] {7, 8});
  }

  Path add(String id, double more) throws Exception {
    return add(id, session(id, more));
  }

  Path add(String name, NwbOne content) throws Exception {
    Files.deleteIfExists(file(name));
    return content.write(file(name));
  }

  /** A session whose file changes, in time too. */
  void change(String id, double more) throws Exception {
    Files.setLastModifiedTime(add(id, more), FileTime.fromMillis(1_700_000_000_000L));
  }

  /** What the data source reads. */
  Dataset<Row> read(String table) {
    return LocalSpark.session().read().format("nwb").option("table", table).load(path());
  }

  Ingest ingest() {
    return new Ingest(LocalSpark.session()).setPaths(path());
  }

  /** Rows as texts, every digit of them, without regard to their order. */
  static List<String> texts(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    for (String name : rows.columns()) {
      columns.add(functions.col("`" + name + "`"));
    }
    return rows
        .select(functions.to_json(functions.struct(columns.toArray(Column[]::new))))
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}
