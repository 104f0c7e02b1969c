package org.neuroglia.spark.nwb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.PrunedFilteredScan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A table of NWB files in the first version of Spark's interface, in which tables of the session
 * catalog are read where another catalog, such as Delta Lake's, has taken its place.
 */
final class NwbRelation extends BaseRelation implements PrunedFilteredScan {
  private final SQLContext context;
  private final SupportsRead table;

  NwbRelation(SQLContext context, SupportsRead table) {
    this.context = context;
    this.table = table;
  }

  @Override
  public SQLContext sqlContext() {
    return context;
  }

  @Override
  public StructType schema() {
    return ConnectorColumns.schema(table.columns());
  }

  @Override
  public long sizeInBytes() {
    Scan scan = scan(schema().fieldNames(), new Filter[0]);
    return ((SupportsReportStatistics) scan)
        .estimateStatistics()
        .sizeInBytes()
        .orElse(super.sizeInBytes());
  }

  @Override
  public boolean needConversion() {
    return false;
  }

  /** As plans show it. */
  @Override
  public String toString() {
    return table.name();
  }

  private Scan scan(String[] columns, Filter[] filters) {
    ScanBuilder builder = table.newScanBuilder(CaseInsensitiveStringMap.empty());
    Predicate[] predicates = Arrays.stream(filters).map(Filter::toV2).toArray(Predicate[]::new);
    ((SupportsPushDownV2Filters) builder).pushPredicates(predicates);
    StructType wanted = new StructType();
    for (String column : columns) {
      wanted = wanted.add(schema().apply(column));
    }
    ((SupportsPushDownRequiredColumns) builder).pruneColumns(wanted);
    return builder.build();
  }

  /** Rows in Spark's internal form, as {@link #needConversion} says. */
  @Override
  @SuppressWarnings({"unchecked", "rawtypes"})
  public RDD<Row> buildScan(String[] columns, Filter[] filters) {
    Batch batch = scan(columns, filters).toBatch();
    InputPartition[] parts = batch.planInputPartitions();
    PartitionReaderFactory readers = batch.createReaderFactory();
    JavaRDD<InternalRow> rows =
        JavaSparkContext.fromSparkContext(context.sparkContext())
            .parallelize(Arrays.asList(parts), Math.max(1, parts.length))
            .flatMap(part -> new Rows(readers.createReader(part)));
    return (RDD) rows.rdd();
  }

  /** The rows of a reader, which is closed when they end or the task does. */
  private static final class Rows implements Iterator<InternalRow> {
    private final PartitionReader<InternalRow> reader;
    private boolean isAhead;
    private boolean hasRow;

    Rows(PartitionReader<InternalRow> reader) {
      this.reader = reader;
      TaskContext.get()
          .addTaskCompletionListener(
              (TaskContext task) -> {
                close();
              });
    }

    @Override
    public boolean hasNext() {
      if (!isAhead) {
        try {
          hasRow = reader.next();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        isAhead = true;
        if (!hasRow) {
          close();
        }
      }
      return hasRow;
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      isAhead = false;
      return reader.get();
    }

    private void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
