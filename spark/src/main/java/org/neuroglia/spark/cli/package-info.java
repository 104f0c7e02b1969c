/** The command line: {@code ./neuroglia demo}, {@code inspect}, {@code decode}, {@code sample}. */
package org.neuroglia.spark.cli;
