package org.neuroglia.spark.nwb;

import java.util.EnumSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** A table of NWB files, or traces of them, to be scanned. */
final class NwbDataTable implements Table, SupportsRead {
  private final String name;
  private final StructType schema;
  private final StructType filtered;
  private final Scanning scanning;

  /** Makes the scan of some columns, of the rows that a filter may leave. */
  @FunctionalInterface
  private interface Scanning {
    Scan scan(StructType wanted, RowFilter filter);
  }

  private NwbDataTable(String what, StructType schema, StructType filtered, Scanning scanning) {
    this.name = "nwb " + what;
    this.schema = schema;
    this.filtered = filtered;
    this.scanning = scanning;
  }

  NwbDataTable(NwbInputs inputs, Configuration configuration) {
    this(
        inputs.options().table(),
        inputs.schema(),
        inputs.filtered(),
        (wanted, filter) -> new NwbScan(inputs, wanted, filter, configuration));
  }

  NwbDataTable(TraceInputs inputs, Configuration configuration) {
    this(
        inputs.options().what(),
        inputs.schema(),
        inputs.schema(),
        (wanted, filter) -> new TraceScan(inputs, wanted, filter, configuration));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Column[] columns() {
    return ConnectorColumns.of(schema);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return EnumSet.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return new Builder();
  }

  private final class Builder
      implements ScanBuilder, SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {
    private StructType wanted = schema;
    private Predicate[] pushed = {};

    /** Spark applies all of them again. */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
      pushed = RowFilter.helpful(predicates, filtered);
      return predicates;
    }

    @Override
    public Predicate[] pushedPredicates() {
      return pushed;
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
      wanted = requiredSchema;
    }

    @Override
    public Scan build() {
      return scanning.scan(wanted, RowFilter.of(pushed, filtered));
    }
  }
}
