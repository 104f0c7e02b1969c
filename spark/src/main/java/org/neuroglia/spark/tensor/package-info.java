/** Stages on tensors [event × sample_times × neuron] and what describes their axes. */
package org.neuroglia.spark.tensor;
