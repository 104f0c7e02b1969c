package org.neuroglia.spark.nwb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchNamespaceException;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.NamespaceChange;
import org.apache.spark.sql.connector.catalog.SupportsNamespaces;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.catalog.TableInfo;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.neuroglia.InvalidInputException;
import org.neuroglia.spark.plan.Refusal;

/**
 * NWB files in SQL, without a view for each: a path is a namespace, and what files have are its
 * tables. With the setting {@code spark.sql.catalog.nwb} = {@code
 * org.neuroglia.spark.nwb.NwbCatalog}:
 *
 * <pre>{@code
 * SELECT * FROM nwb.`session.nwb`.units
 * SELECT * FROM nwb.`/data/*.nwb`.trials WHERE session = 'mouse7'
 * SELECT * FROM nwb.`session.nwb`.`/general/extracellular_ephys/electrodes`
 * SELECT * FROM nwb.`session.nwb`.traces.running
 * SHOW TABLES IN nwb.`session.nwb`
 * }</pre>
 *
 * <p>A path is a file, a folder or a glob of any file system of Hadoop. A table is named as the
 * option {@code table} of {@link NwbDataSource} names it; one that is no table but a time series is
 * read as traces, and {@code traces} after the path says so. A path without a table is the table
 * {@code sessions}.
 *
 * <p>The options {@code session}, {@code neuronType} and {@code missing} of the source can be set
 * for all tables, as {@code spark.sql.catalog.nwb.session}; others only where a view is created
 * with {@code USING nwb OPTIONS (…)}. The catalog is read-only, and knows no paths: {@code SHOW
 * NAMESPACES} lists none.
 */
public final class NwbCatalog implements TableCatalog, SupportsNamespaces {
  static final String TRACES = "traces";

  private static final List<String> OPTIONS = List.of("session", "neuronType", "missing");

  private String name = "nwb";
  private final Map<String, String> options = new LinkedHashMap<>();

  @Override
  public void initialize(String catalog, CaseInsensitiveStringMap given) {
    name = catalog;
    for (Map.Entry<String, String> option : given.asCaseSensitiveMap().entrySet()) {
      if (OPTIONS.stream().noneMatch(option.getKey()::equalsIgnoreCase)) {
        throw Refusal.of(
            "The catalog "
                + name
                + " has no option "
                + option.getKey()
                + "; there are "
                + String.join(", ", OPTIONS)
                + ".");
      }
      options.put(option.getKey(), option.getValue());
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Table loadTable(Identifier table) {
    try {
      return table(table);
    } catch (InvalidInputException e) {
      String hint =
          table.namespace().length == 0
              ? " A table is named " + name + ".`path`.table, the path in backquotes."
              : e.getMessage().contains("option ")
                  ? " Options go with CREATE TEMPORARY VIEW … USING nwb OPTIONS (path …, table …)."
                  : "";
      throw Refusal.noTable(table.toString(), e.getMessage() + hint);
    }
  }

  private Table table(Identifier identifier) {
    String[] place = identifier.namespace();
    boolean traces = place.length == 2 && place[1].equals(TRACES);
    if (place.length > 1 && !traces) {
      throw new InvalidInputException(
          "A table is named "
              + name
              + ".`path`.table, the path in backquotes; "
              + String.join(".", place)
              + " has too many parts.");
    }
    String path = place.length == 0 ? identifier.name() : place[0];
    String table = place.length == 0 ? "sessions" : identifier.name();
    boolean asTraces = traces || FileContents.isTraces(files(path), table, NwbDataSource.hadoop());
    Map<String, String> all = new LinkedHashMap<>(options);
    all.put("path", path);
    all.put(asTraces ? TRACES : "table", table);
    return new CatalogTable(
        identifier, NwbDataSource.table(new CaseInsensitiveStringMap(all)), name);
  }

  private static List<HadoopFiles.Listed> files(String path) {
    return HadoopFiles.list(List.of(path), NwbDataSource.hadoop());
  }

  @Override
  public boolean tableExists(Identifier table) {
    try {
      table(table);
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  /** Tables of the files, in the order of the first file that has them; then traces. */
  @Override
  public Identifier[] listTables(String[] namespace) {
    if (namespace.length == 0) {
      throw Refusal.of(
          "The catalog "
              + name
              + " does not know where files are; ask for the tables of a path: SHOW TABLES IN "
              + name
              + ".`path`.");
    }
    FileContents contents = Refusal.orResult(() -> contents(namespace));
    List<Identifier> tables = new ArrayList<>();
    String[] path = {namespace[0]};
    String[] traces = {namespace[0], TRACES};
    if (namespace.length == 1) {
      contents.tables().forEach(table -> tables.add(Identifier.of(path, table)));
    }
    contents.traces().forEach(series -> tables.add(Identifier.of(traces, series)));
    return tables.toArray(Identifier[]::new);
  }

  private FileContents contents(String[] namespace) {
    if (namespace.length > 2 || namespace.length == 2 && !namespace[1].equals(TRACES)) {
      throw new InvalidInputException(
          "There is no " + String.join(".", namespace) + " in the catalog " + name + ".");
    }
    return FileContents.of(files(namespace[0]), NwbDataSource.hadoop());
  }

  @Override
  public String[][] listNamespaces() {
    return new String[0][];
  }

  @Override
  public String[][] listNamespaces(String[] namespace) throws NoSuchNamespaceException {
    loadNamespaceMetadata(namespace);
    return namespace.length == 1 && !Refusal.orResult(() -> contents(namespace)).traces().isEmpty()
        ? new String[][] {{namespace[0], TRACES}}
        : new String[0][];
  }

  @Override
  public boolean namespaceExists(String[] namespace) {
    try {
      loadNamespaceMetadata(namespace);
      return true;
    } catch (NoSuchNamespaceException e) {
      return false;
    }
  }

  @Override
  public Map<String, String> loadNamespaceMetadata(String[] namespace)
      throws NoSuchNamespaceException {
    if (namespace.length == 0) {
      return Map.of();
    }
    boolean traces = namespace.length == 2 && namespace[1].equals(TRACES);
    try {
      if (namespace.length == 1 || traces) {
        files(namespace[0]);
        return Map.of(SupportsNamespaces.PROP_LOCATION, namespace[0]);
      }
    } catch (InvalidInputException e) {
      // as any other that is not there
    }
    throw new NoSuchNamespaceException(namespace);
  }

  private RuntimeException readOnly() {
    return Refusal.of("The catalog " + name + " only reads NWB files; it changes nothing.");
  }

  @Override
  public Table createTable(Identifier table, TableInfo info) {
    throw readOnly();
  }

  @Override
  public Table alterTable(Identifier table, TableChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropTable(Identifier table) {
    throw readOnly();
  }

  @Override
  public void renameTable(Identifier table, Identifier other) {
    throw readOnly();
  }

  @Override
  public void createNamespace(String[] namespace, Map<String, String> metadata) {
    throw readOnly();
  }

  @Override
  public void alterNamespace(String[] namespace, NamespaceChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropNamespace(String[] namespace, boolean cascade) {
    throw readOnly();
  }
}
