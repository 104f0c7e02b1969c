/** Tensors [event × sample_times × neuron]: counting into them and reducing them. */
package org.neuroglia.tensor;
