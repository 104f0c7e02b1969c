package org.neuroglia;

/**
 * Bad input by the user: a wrong file, table, column, parameter or value.
 *
 * <p>The message is one sentence that says what is wrong, where, and what is accepted; whoever
 * talks to a person shows it alone, without a stack trace.
 */
public class InvalidInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
