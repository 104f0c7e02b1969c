/**
 * What did the animal see, do or decide? Decoders of labelled responses, and their
 * cross-validation, without Spark.
 *
 * <p>Numbers are those of scikit-learn 1.9.
 */
package org.neuroglia.decoding;
