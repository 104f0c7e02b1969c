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

/** A table of NWB files, to be scanned. */
final class NwbDataTable implements Table, SupportsRead {
  private final NwbInputs inputs;
  private final Configuration configuration;

  NwbDataTable(NwbInputs inputs, Configuration configuration) {
    this.inputs = inputs;
    this.configuration = configuration;
  }

  @Override
  public String name() {
    return "nwb " + inputs.options().table();
  }

  @Override
  public Column[] columns() {
    return ConnectorColumns.of(inputs.schema());
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
    private StructType wanted = inputs.schema();
    private Predicate[] pushed = {};

    /** Spark applies all of them again. */
    @Override
    public Predicate[] pushPredicates(Predicate[] predicates) {
      pushed = RowFilter.helpful(predicates, inputs.filtered());
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
      RowFilter filter = RowFilter.of(pushed, inputs.filtered());
      return new NwbScan(inputs, wanted, filter, configuration);
    }
  }
}
