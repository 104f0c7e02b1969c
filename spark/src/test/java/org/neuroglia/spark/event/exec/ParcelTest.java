package org.neuroglia.spark.event.exec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.junit.jupiter.api.Test;

class ParcelTest {
  private static final List<Parcel> PARCELS =
      List.of(
          parcel(null, 3, "none"),
          parcel("a", -1, "first"),
          parcel("a", -1, ""),
          parcel("a", -1, "a longer third one"),
          parcel("a", 7, "skipped"),
          parcel("a", 7, "skipped too"),
          parcel("b", 7, "last"));

  /** Bytes behind those that are the parcel's are not sent. */
  private static Parcel parcel(String session, long home, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Parcel(session, home, Arrays.copyOf(bytes, bytes.length + 9), bytes.length);
  }

  /** One row for all, whose memory is another's as soon as the next is asked for. */
  private static Iterator<InternalRow> overwritten() {
    Iterator<InternalRow> rows = Parcel.rows(PARCELS.iterator());
    byte[] memory = new byte[200];
    UnsafeRow row = new UnsafeRow(3);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        Arrays.fill(memory, (byte) -1);
        UnsafeRow next = (UnsafeRow) rows.next();
        next.writeToMemory(memory, Platform.BYTE_ARRAY_OFFSET + 16);
        row.pointTo(memory, Platform.BYTE_ARRAY_OFFSET + 16, next.getSizeInBytes());
        return row;
      }
    };
  }

  private static List<String> texts(List<byte[]> bytes) {
    return bytes.stream().map(some -> new String(some, StandardCharsets.UTF_8)).toList();
  }

  @Test
  void parcelsOfAHomeAreTakenTogether() {
    Parcel.Groups groups = new Parcel.Groups(overwritten());
    assertNull(groups.peek().session());
    assertEquals(3, groups.peek().home());
    assertEquals(List.of("none"), texts(groups.take()));
    assertEquals("a", groups.peek().session());
    assertEquals(-1, groups.peek().home());
    assertEquals(List.of("first", "", "a longer third one"), texts(groups.take()));
    groups.take((base, offset, size) -> {}); // nobody asks for them
    assertEquals("b", groups.peek().session());
    List<byte[]> taken = new ArrayList<>();
    groups.take(
        (base, offset, size) -> {
          byte[] copy = new byte[size];
          Platform.copyMemory(base, offset, copy, Platform.BYTE_ARRAY_OFFSET, size);
          taken.add(copy);
        });
    assertEquals(List.of("last"), texts(taken));
    assertNull(groups.peek());
  }

  @Test
  void aRowIsTheParcelThatItWasMadeOf() {
    Iterator<InternalRow> rows = Parcel.rows(PARCELS.iterator());
    for (Parcel parcel : PARCELS) {
      Parcel read = Parcel.of(rows.next());
      assertEquals(parcel.session(), read.session());
      assertEquals(parcel.home(), read.home());
      assertEquals(parcel.size(), read.size());
      assertArrayEquals(Arrays.copyOf(parcel.bytes(), parcel.size()), read.bytes());
    }
    assertFalse(rows.hasNext());
  }
}
