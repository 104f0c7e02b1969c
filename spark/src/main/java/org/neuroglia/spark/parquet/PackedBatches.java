package org.neuroglia.spark.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.vectorized.ColumnVectorUtils;
import org.apache.spark.sql.execution.vectorized.ConstantColumnVector;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.Platform;
import scala.collection.AbstractIterator;

/**
 * The rows of a file, or of what a task has of it, in batches of a few trains, which stay in the
 * processor's cache. A batch is good until the next is asked for, as Spark's are.
 */
final class PackedBatches extends AbstractIterator<ColumnarBatch> implements Closeable {
  private static final int MOST_ROWS = 1024;

  /** A batch ends after the list that goes past this many elements, which fit the cache. */
  private static final int ENOUGH_ELEMENTS = 1 << 14;

  private final ParquetFileReader file;
  private final List<ColumnDescriptor> columns;
  private final WritableColumnVector[] vectors;
  private final ColumnarBatch batch;

  private final List<ListsOfDoubles> lists = new ArrayList<>();
  private final List<Flat> flats = new ArrayList<>();
  private long rowsLeft;
  private boolean ready;
  private boolean closed;

  /** Puts the next value of a column into a row. */
  private interface Flat {
    void read(int row);
  }

  /**
   * @param file which this closes
   * @param columns of the file, of which {@link PackedColumns} says that they can be read
   * @param schema the same columns in Spark
   * @param constants further columns
   * @param values of the further columns
   */
  PackedBatches(
      ParquetFileReader file,
      List<ColumnDescriptor> columns,
      StructType schema,
      StructType constants,
      InternalRow values) {
    this.file = file;
    this.columns = columns;
    MessageType stored = file.getFileMetaData().getSchema();
    Type[] wanted =
        columns.stream().map(column -> stored.getType(column.getPath()[0])).toArray(Type[]::new);
    file.setRequestedSchema(new MessageType(stored.getName(), wanted));
    vectors = OnHeapColumnVector.allocateColumns(MOST_ROWS, schema);
    for (WritableColumnVector vector : vectors) {
      if (PackedColumns.isList(vector.dataType())) {
        vector.arrayData().reserve(ENOUGH_ELEMENTS);
      }
    }
    ColumnVector[] all =
        Arrays.copyOf(vectors, vectors.length + constants.size(), ColumnVector[].class);
    for (int i = 0; i < constants.size(); i++) {
      ConstantColumnVector constant =
          new ConstantColumnVector(MOST_ROWS, constants.apply(i).dataType());
      ColumnVectorUtils.populate(constant, values, i);
      all[vectors.length + i] = constant;
    }
    batch = new ColumnarBatch(all);
  }

  @Override
  public boolean hasNext() {
    if (!ready && !closed) {
      try {
        ready = fill();
        if (!ready) {
          close();
        }
      } catch (IOException e) {
        Platform.throwException(e); // Spark asks of which kind it is
      }
    }
    return ready;
  }

  @Override
  public ColumnarBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ready = false;
    return batch;
  }

  private boolean fill() throws IOException {
    while (rowsLeft == 0) {
      PageReadStore group = file.readNextRowGroup();
      if (group == null) {
        return false;
      }
      begin(group);
    }
    for (WritableColumnVector vector : vectors) {
      vector.reset();
    }
    lists.forEach(ListsOfDoubles::begin);
    int rows = 0;
    boolean full = false;
    for (; rows < MOST_ROWS && rowsLeft > 0 && !full; rows++, rowsLeft--) {
      for (ListsOfDoubles list : lists) {
        list.read(rows);
        full |= list.size() >= ENOUGH_ELEMENTS;
      }
      for (Flat flat : flats) {
        flat.read(rows);
      }
    }
    batch.setNumRows(rows);
    return true;
  }

  private void begin(PageReadStore group) throws IOException {
    rowsLeft = group.getRowCount();
    lists.clear();
    flats.clear();
    MessageType stored = file.getFileMetaData().getSchema();
    ColumnReadStore readers =
        new ColumnReadStoreImpl(
            group, new Unconverted(), stored, file.getFileMetaData().getCreatedBy());
    for (int i = 0; i < vectors.length; i++) {
      ColumnDescriptor column = columns.get(i);
      if (column.getMaxRepetitionLevel() > 0) {
        lists.add(new ListsOfDoubles(group.getPageReader(column), column, vectors[i]));
      } else {
        flats.add(flat(readers.getColumnReader(column), vectors[i]));
      }
    }
  }

  private static Flat flat(ColumnReader column, WritableColumnVector vector) {
    int there = column.getDescriptor().getMaxDefinitionLevel();
    Flat value =
        switch (column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
          case INT32 -> row -> vector.putInt(row, column.getInteger());
          case INT64 -> row -> vector.putLong(row, column.getLong());
          default ->
              row -> {
                byte[] text = column.getBinary().getBytes();
                vector.putByteArray(row, text, 0, text.length);
              };
        };
    return row -> {
      if (column.getCurrentDefinitionLevel() == there) {
        value.read(row);
      } else {
        vector.putNull(row);
      }
      column.consume();
    };
  }

  /** Values are taken from columns, and no records are made of them. */
  private static final class Unconverted extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new PrimitiveConverter() {};
    }

    @Override
    public void start() {
      // no record
    }

    @Override
    public void end() {
      // no record
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      lists.clear(); // the task knows of this until its end, and must not keep pages for so long
      flats.clear();
      file.close();
      batch.close();
    }
  }
}
