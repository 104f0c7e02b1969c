package org.neuroglia.spark.nwb;

import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.DataSourceRegister;
import org.apache.spark.sql.sources.RelationProvider;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.neuroglia.spark.plan.ClassicSession;
import org.neuroglia.spark.plan.Refusal;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The data source {@code nwb}: tables of NWB files, of versions 1 and 2.
 *
 * <pre>{@code
 * Dataset<Row> units = spark.read().format("nwb").option("table", "units").load("lake/");
 * Dataset<Row> images = spark.read().format("nwb")
 *     .option("table", "natural_images").option("columns", "time,end_time,image_id")
 *     .load("session_x1.nwb");
 * Dataset<Row> traces = spark.read().format("nwb")
 *     .option("traces", "DfOverF").option("start", 100).option("stop", 200)
 *     .load("ophys.nwb");
 * }</pre>
 *
 * <p>Paths are Hadoop's: of one or more files, globs, or folders (all {@code *.nwb} below).
 * Options:
 *
 * <table>
 *   <caption>Options</caption>
 *   <tr><td>{@code table}</td><td>{@code sessions} (a row per file), {@code units}, any table of
 *       intervals or events or presentation by its name, or any table by its path in the file;
 *       default {@code sessions}</td></tr>
 *   <tr><td>{@code traces}</td><td>in place of {@code table}: a time series by its path in the file,
 *       the end of its path, or the name of what holds it alone, such as {@code DfOverF}</td></tr>
 *   <tr><td>{@code start}, {@code stop}</td><td>of traces only the samples in [start, stop), in
 *       seconds; no others are read from the file</td></tr>
 *   <tr><td>{@code samplesPerChunk}</td><td>cuts traces into rows of so many samples, the last of
 *       fewer; default: a row has all</td></tr>
 *   <tr><td>{@code columns}</td><td>names for a presentation whose timestamps are an array without
 *       names; with {@code end_time} or {@code stop_time} there is a {@code duration}</td></tr>
 *   <tr><td>{@code session}</td><td>what the column {@code session} is: {@code session_id}, {@code
 *       identifier} or {@code path}; default: the first that the file has of session_id, identifier
 *       and its own name. Two files of one session are an error</td></tr>
 *   <tr><td>{@code neuronType}</td><td>{@code string} turns integer neurons into strings; needed
 *       where files differ</td></tr>
 *   <tr><td>{@code missing}</td><td>{@code skip} takes files without the table as files without
 *       rows; default {@code error}</td></tr>
 * </table>
 *
 * <p>Traces have a row per neuron, or several with {@code samplesPerChunk}: {@code session}, {@code
 * neuron} (see {@link org.neuroglia.nwb.TraceSeries#labels}), {@code times} and {@code values} in
 * the unit of the file, which is in the metadata of {@code values} where files agree. A neuron
 * without a sample in the range has a row with empty arrays. The metadata also say where rows are
 * whole, so that later stages need not bring chunks together.
 *
 * <p>Predicates on columns with one value in a row are pushed down. Those on {@code session}, or on
 * a column that a file lacks, rule out files, which are not opened again; others are tested on the
 * values of their columns, and of the other columns only the rows that are left are read. Spark
 * tests all predicates again.
 *
 * <p>Columns of files are merged by name, whatever its case: integers and doubles to double
 * (integers beyond 2^53 are rounded), a column that a file lacks to null; other differences are an
 * error. Types are long, double, string, boolean and arrays of them. See {@link
 * org.neuroglia.nwb.NwbFile} for the columns of each kind of table. Only the columns that a query
 * needs are read. Headers are read when {@code load} is called, so that what is wrong with paths,
 * tables or columns is known then.
 */
public final class NwbDataSource implements TableProvider, RelationProvider, DataSourceRegister {
  private CaseInsensitiveStringMap inspectedOptions;
  private Table inspected;

  @Override
  public String shortName() {
    return "nwb";
  }

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    return ConnectorColumns.schema(inspect(options).columns());
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return inspect(new CaseInsensitiveStringMap(properties));
  }

  /** For tables of the session catalog: {@code CREATE TABLE … USING nwb OPTIONS (…)}. */
  @Override
  public BaseRelation createRelation(
      SQLContext context, scala.collection.immutable.Map<String, String> options) {
    return new NwbRelation(
        context,
        Refusal.orResult(
            () -> table(new CaseInsensitiveStringMap(CollectionConverters.asJava(options)))));
  }

  /** Spark asks for the schema and then for the table, of one object: files are opened once. */
  private Table inspect(CaseInsensitiveStringMap options) {
    if (!options.equals(inspectedOptions)) {
      inspected = isInCommand() ? Refusal.orResult(() -> table(options)) : table(options);
      inspectedOptions = options;
    }
    return inspected;
  }

  /**
   * Whether a command of SQL asks, such as {@code CREATE VIEW … USING nwb}: what is wrong is told
   * as that of any query, where {@code load} throws an {@code InvalidInputException}.
   */
  private static boolean isInCommand() {
    return ClassicSession.isInCommand(SparkSession.active());
  }

  /** The table that options ask for, after a look at every file. */
  static SupportsRead table(CaseInsensitiveStringMap options) {
    NwbOptions checked = NwbOptions.of(options);
    Configuration hadoop = hadoop();
    return checked.readsTraces()
        ? new NwbDataTable(TraceInputs.inspect(checked, hadoop), hadoop)
        : new NwbDataTable(NwbInputs.inspect(checked, hadoop), hadoop);
  }

  /** How the session reaches file systems. */
  static Configuration hadoop() {
    return ClassicSession.hadoop(SparkSession.active());
  }
}
