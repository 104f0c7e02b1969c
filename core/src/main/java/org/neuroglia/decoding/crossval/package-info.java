/**
 * Cross-validation of one decoder on one session: the training set of each fold (as the total
 * moments less the fold's, where moments suffice), predictions, scores and their counts for null
 * labels.
 */
package org.neuroglia.decoding.crossval;
