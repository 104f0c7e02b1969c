package org.neuroglia.nwb;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Gives each column a name that no other has, upper and lower case taken as equal (as SQL does):
 * the second of a name is called {@code name_2}. The names that the library gives to columns come
 * first.
 */
final class ColumnNames {
  private final Set<String> taken = new HashSet<>();

  ColumnNames(String... ours) {
    taken.add("session");
    for (String name : ours) {
      taken.add(name);
    }
  }

  String free(String wanted) {
    String name = wanted;
    for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
