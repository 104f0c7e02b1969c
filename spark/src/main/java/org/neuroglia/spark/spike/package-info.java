/** Stages between packed trains (a row per neuron) and tables of spikes (a row per spike). */
package org.neuroglia.spark.spike;
