package org.neuroglia.spark.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Least and greatest values of the texts and integers of a file (session, area, neuron, …), by
 * which a reader knows without opening it that it has nothing of what is wanted.
 *
 * <p>The JSON is that of Delta's protocol ("Per-file statistics"); texts are cut at 32 characters,
 * the greatest so that it is still no less than the text.
 */
final class ColumnStatistics {
  private static final int LONGEST = 32;
  private static final String GREATEST = new String(Character.toChars(Character.MAX_CODE_POINT));
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final class Column {
    private final int ordinal;
    private final String name;
    private final boolean text;
    private UTF8String firstText;
    private UTF8String lastText;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private long nulls;

    Column(int ordinal, StructField field) {
      this.ordinal = ordinal;
      this.name = field.name();
      this.text = field.dataType().equals(DataTypes.StringType);
    }

    void add(InternalRow row) {
      if (row.isNullAt(ordinal)) {
        nulls++;
      } else if (text) {
        add(row.getUTF8String(ordinal));
      } else {
        long value = row.getLong(ordinal);
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
    }

    private void add(UTF8String value) {
      if (firstText == null || value.compareTo(firstText) < 0) {
        firstText = value.copy();
      }
      if (lastText == null || value.compareTo(lastText) > 0) {
        lastText = value.copy();
      }
    }

    void put(ObjectNode minima, ObjectNode maxima, ObjectNode nullCounts, long rows) {
      nullCounts.put(name, nulls);
      if (nulls == rows) {
        return;
      }
      if (text) {
        minima.put(name, cut(firstText.toString()));
        String last = lastText.toString();
        String cut = cut(last);
        maxima.put(name, cut.length() < last.length() ? cut + GREATEST : last);
      } else {
        minima.put(name, least);
        maxima.put(name, greatest);
      }
    }
  }

  private final List<Column> columns = new ArrayList<>();
  private long rows;

  ColumnStatistics(StructType schema) {
    for (int i = 0; i < schema.size(); i++) {
      StructField field = schema.fields()[i];
      if (field.dataType().equals(DataTypes.StringType)
          || field.dataType().equals(DataTypes.LongType)) {
        columns.add(new Column(i, field));
      }
    }
  }

  void add(InternalRow row) {
    rows++;
    for (Column column : columns) {
      column.add(row);
    }
  }

  long rows() {
    return rows;
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST));
  }

  String json() {
    ObjectNode all = JSON.createObjectNode();
    all.put("numRecords", rows);
    ObjectNode minima = all.putObject("minValues");
    ObjectNode maxima = all.putObject("maxValues");
    ObjectNode nullCounts = all.putObject("nullCount");
    columns.forEach(column -> column.put(minima, maxima, nullCounts, rows));
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
