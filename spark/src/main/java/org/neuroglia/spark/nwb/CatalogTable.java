package org.neuroglia.spark.nwb;

import java.util.Set;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.neuroglia.spark.plan.Refusal;

/** A table of {@link NwbCatalog}: its options are the catalog's. */
final class CatalogTable implements SupportsRead {
  private final Identifier identifier;
  private final SupportsRead table;
  private final String catalog;

  CatalogTable(Identifier identifier, SupportsRead table, String catalog) {
    this.identifier = identifier;
    this.table = table;
    this.catalog = catalog;
  }

  @Override
  public String name() {
    return catalog + "." + identifier;
  }

  @Override
  public Column[] columns() {
    return table.columns();
  }

  @Override
  public Set<TableCapability> capabilities() {
    return table.capabilities();
  }

  /** Options of one query come when the columns are settled, which may depend on them. */
  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    if (!options.isEmpty()) {
      throw Refusal.of(
          "A table of the catalog "
              + catalog
              + " takes no options; set those of the catalog, or CREATE TEMPORARY VIEW … USING nwb"
              + " OPTIONS (…).");
    }
    return table.newScanBuilder(options);
  }
}
