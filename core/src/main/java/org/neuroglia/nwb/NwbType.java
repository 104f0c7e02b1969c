package org.neuroglia.nwb;

/** The types of values; narrower numbers of a file are widened to them without loss. */
public enum NwbType {
  /** Floating-point numbers of 16, 32 or 64 bits. */
  DOUBLE,
  /**
   * Integers, signed or not, of 8 to 64 bits; a value of 2^63 or more is refused when it is read.
   */
  LONG,
  /** Text, members of an enumeration, and paths of the objects that references point to. */
  STRING,
  /** The enumeration {FALSE, TRUE} and bit fields. */
  BOOLEAN;

  public boolean isNumber() {
    return this == DOUBLE || this == LONG;
  }
}
