/** Arithmetic on traces: values at the times of one neuron. */
package org.neuroglia.trace;
