package org.neuroglia.nwb;

import io.jhdf.GlobalHeap;
import io.jhdf.object.datatype.StringData;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Texts of a dataset, as UTF-8. Files of MATLAB call theirs ASCII and write UTF-8 all the same;
 * jHDF would replace what is not ASCII.
 */
final class HdfText {
  private HdfText() {}

  /** Texts of one length, padded. */
  static String[] fixed(StringData type, ByteBuffer bytes, int count) {
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      ByteBuffer text = bytes.slice(i * type.getSize(), type.getSize());
      type.getStringPaddingHandler().setBufferLimit(text);
      texts[i] = StandardCharsets.UTF_8.decode(text).toString();
    }
    return texts;
  }

  /** Texts in the global heap: for each its length, the address of a heap, and a number there. */
  static String[] ofAnyLength(HdfBackingStorage storage, ByteBuffer bytes, int count) {
    Map<Long, GlobalHeap> heaps = new HashMap<>();
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    boolean wide = storage.getSizeOfOffsets() == 8;
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      int length = bytes.getInt();
      long address = wide ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
      int number = bytes.getInt();
      if (number == 0) {
        texts[i] = "";
        continue;
      }
      ByteBuffer text =
          heaps
              .computeIfAbsent(address, at -> new GlobalHeap(storage, at))
              .getObjectData(number)
              .slice();
      text.limit(Math.min(length, text.limit()));
      texts[i] = StandardCharsets.UTF_8.decode(text).toString();
    }
    return texts;
  }
}
