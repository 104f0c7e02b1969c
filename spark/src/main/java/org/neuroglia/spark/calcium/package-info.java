/** Stages of calcium imaging: detrending, normalization and deconvolution of traces. */
package org.neuroglia.spark.calcium;
