package org.neuroglia.calcium;

/**
 * A trace explained by events: trace = baseline + denoised + noise.
 *
 * @param denoised calcium at each sample, above the baseline
 * @param events what makes calcium rise at each sample
 * @param baseline in the unit of the trace
 * @param timeConstants of calcium's rise and decay
 * @param lambda the penalty on the sum of events at which the residual is as large as the noise
 * @param noise its standard deviation, in the unit of the trace
 */
public record CalciumFit(
    double[] denoised,
    double[] events,
    double baseline,
    TimeConstants timeConstants,
    double lambda,
    double noise) {}
