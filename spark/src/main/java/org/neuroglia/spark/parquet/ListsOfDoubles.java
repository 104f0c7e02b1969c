package org.neuroglia.spark.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;

/**
 * The lists of doubles of one column in one row group. What is a run of levels is copied at once.
 */
final class ListsOfDoubles {
  private final PageReader pages;
  private final ColumnDescriptor column;
  private final WritableColumnVector lists;
  private final WritableColumnVector elements;
  private final Dictionary dictionary;
  private final LevelRuns repetitions;
  private final LevelRuns definitions;

  /** The definition level from which on there is an element, if perhaps a null. */
  private final int ofElement;

  private int levels;
  private ByteBuffer plain;
  private ValuesReader values;
  private byte[] copied = {};
  private int size;

  /**
   * @param column of an element, which is a double in a list of three levels
   * @param lists where lists go
   */
  ListsOfDoubles(PageReader pages, ColumnDescriptor column, WritableColumnVector lists)
      throws IOException {
    this.pages = pages;
    this.column = column;
    this.lists = lists;
    this.elements = lists.arrayData();
    this.repetitions = new LevelRuns(column.getMaxRepetitionLevel());
    this.definitions = new LevelRuns(column.getMaxDefinitionLevel());
    boolean optional = column.getPrimitiveType().getRepetition() == Repetition.OPTIONAL;
    this.ofElement = column.getMaxDefinitionLevel() - (optional ? 1 : 0);
    DictionaryPage page = pages.readDictionaryPage();
    this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
  }

  /** Begins a batch, whose vectors were reset, and in which elements are counted from 0. */
  void begin() {
    size = 0;
  }

  /** How many elements the lists of the batch have. */
  int size() {
    return size;
  }

  /** Appends the next list. */
  void read(int row) throws IOException {
    if (!hasLevel() || repetitions.value() != 0) {
      throw new ParquetDecodingException("the lists of " + column + " are not as many as its rows");
    }
    int definition = definitions.value();
    if (definition < ofElement) {
      pass(1);
      if (definition < ofElement - 1) {
        lists.putNull(row);
      } else {
        lists.putArray(row, size, 0);
      }
      return;
    }
    int first = size;
    int number = 1; // what begins the list, and is no part of the run of those that go on
    do {
      append(number);
      pass(number);
      number = more();
    } while (number > 0);
    lists.putArray(row, first, size - first);
  }

  /** How many elements surely go on with the list, in one run; 0 at its end. */
  private int more() throws IOException {
    return hasLevel() && repetitions.value() > 0
        ? Math.min(levels, Math.min(repetitions.left(), definitions.left()))
        : 0;
  }

  private void pass(int number) {
    repetitions.skip(number);
    definitions.skip(number);
    levels -= number;
  }

  /** Appends elements that all are null or all are not. */
  private void append(int number) {
    elements.reserve(Math.addExact(size, number));
    if (definitions.value() < column.getMaxDefinitionLevel()) {
      elements.putNulls(size, number);
    } else if (plain == null) {
      for (int i = 0; i < number; i++) {
        elements.putDouble(size + i, values.readDouble());
      }
    } else {
      appendPlain(number);
    }
    size += number;
  }

  private void appendPlain(int number) {
    long bytes = (long) number * Double.BYTES;
    if (plain.remaining() < bytes) {
      throw new ParquetDecodingException("a page of " + column + " has fewer values than it says");
    }
    int position = plain.position();
    if (plain.hasArray()) {
      elements.putDoublesLittleEndian(size, number, plain.array(), plain.arrayOffset() + position);
      plain.position(position + (int) bytes);
    } else {
      if (copied.length < bytes) {
        copied = new byte[(int) bytes];
      }
      plain.get(copied, 0, (int) bytes);
      elements.putDoublesLittleEndian(size, number, copied, 0);
    }
  }

  /** Whether there is one more level, in this page or the next. */
  private boolean hasLevel() throws IOException {
    while (levels == 0) {
      DataPage page = pages.readPage();
      if (page == null) {
        return false;
      }
      levels = page.getValueCount();
      if (page instanceof DataPageV1 first) {
        readFirst(first);
      } else if (page instanceof DataPageV2 second) {
        readSecond(second);
      } else {
        throw new ParquetDecodingException("a page of " + column + " is " + page);
      }
    }
    return true;
  }

  private void readFirst(DataPageV1 page) throws IOException {
    if (page.getRlEncoding() != Encoding.RLE || page.getDlEncoding() != Encoding.RLE) {
      throw new ParquetDecodingException(
          "the levels of "
              + column
              + " are encoded as "
              + page.getRlEncoding()
              + " and "
              + page.getDlEncoding()
              + ", not as RLE");
    }
    ByteBuffer bytes = buffer(page.getBytes());
    repetitions.read(sized(bytes));
    definitions.read(sized(bytes));
    readValues(page.getValueEncoding(), bytes);
  }

  private void readSecond(DataPageV2 page) throws IOException {
    repetitions.read(buffer(page.getRepetitionLevels()));
    definitions.read(buffer(page.getDefinitionLevels()));
    readValues(page.getDataEncoding(), buffer(page.getData()));
  }

  private static ByteBuffer buffer(BytesInput bytes) throws IOException {
    ByteBufferInputStream stream = bytes.toInputStream();
    return stream.slice(stream.available()).slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What is preceded by its size. */
  private static ByteBuffer sized(ByteBuffer bytes) {
    int length = bytes.getInt();
    ByteBuffer part = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + length);
    return part;
  }

  private void readValues(Encoding encoding, ByteBuffer bytes) throws IOException {
    plain = encoding == Encoding.PLAIN ? bytes : null;
    if (plain == null) {
      values =
          encoding.usesDictionary()
              ? encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
              : encoding.getValuesReader(column, ValuesType.VALUES);
      values.initFromPage(levels, ByteBufferInputStream.wrap(bytes));
    }
  }
}
