/**
 * Which events train, which events test, and with which labels. {@link
 * org.neuroglia.decoding.split.Responses} are the data, {@link
 * org.neuroglia.decoding.split.SessionLabels} their labels, {@link
 * org.neuroglia.decoding.split.Splits} the folds, {@link org.neuroglia.decoding.split.NullLabels}
 * the kinds of null labels. Everything drawn at random depends on a seed and the session's name
 * only. A new kind of split, of balancing or of null labels belongs here.
 */
package org.neuroglia.decoding.split;
