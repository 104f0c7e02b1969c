/** Spikes: trains (a sorted array of times per neuron) and tables (a row per spike). */
package org.neuroglia.spike;
