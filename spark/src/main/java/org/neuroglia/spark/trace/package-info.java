/** Stages on traces: rows of session, neuron, times and values. */
package org.neuroglia.spark.trace;
