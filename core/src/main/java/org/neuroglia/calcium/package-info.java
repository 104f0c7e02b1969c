/** Calcium imaging: detrending, normalization and deconvolution of fluorescence traces. */
package org.neuroglia.calcium;
