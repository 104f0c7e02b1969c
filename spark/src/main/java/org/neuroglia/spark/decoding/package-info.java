/**
 * Decoders as Spark ML stages, their evaluation, and {@link
 * org.neuroglia.spark.decoding.PopulationDecoding}, which decodes many sessions in one job.
 *
 * <p>This room has what people construct, its params and the one check of settings ({@code
 * SettingsOfParams}). {@code decoding.session} runs the decoding inside tasks, {@code
 * org.neuroglia.decoding} has the arithmetic. A new decoder as a stage belongs here.
 */
package org.neuroglia.spark.decoding;
