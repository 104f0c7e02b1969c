package org.neuroglia.decoding.decoder;

import org.neuroglia.InvalidInputException;
import org.neuroglia.decoding.split.ClassLabels;

/**
 * A decoder cannot be fitted because of one class. It is known by its code; whoever knows its label
 * says that instead.
 */
public final class UnfitClassException extends InvalidInputException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;

  /**
   * @param reason what is wrong with the class; it comes after its name
   */
  public UnfitClassException(int code, String reason) {
    super("class " + code + " (counted from 0) " + reason);
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  /** The error with the class's label. */
  public InvalidInputException named(ClassLabels classes) {
    return new InvalidInputException("class " + classes.names().get(code) + " " + reason, this);
  }
}
