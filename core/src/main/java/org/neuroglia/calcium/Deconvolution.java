package org.neuroglia.calcium;

/**
 * What deconvolution makes of a trace.
 *
 * @param denoised calcium at each sample, above its baseline
 * @param events what makes calcium rise at each sample
 */
public record Deconvolution(double[] denoised, double[] events) {}
