/**
 * Decoding of labelled responses without Spark: from the responses of neurons to events, what did
 * the animal see, do or decide? The numbers are those of scikit-learn 1.9.
 *
 * <p>This room has the entries that people call: {@link org.neuroglia.decoding.SessionDecoder}
 * decodes one session with cross-validation and null labels, {@link
 * org.neuroglia.decoding.SessionRegressor} predicts a continuous target, {@link
 * org.neuroglia.decoding.PseudoPopulation} pools the neurons of several sessions. The rooms below
 * it, each of which uses only those before it:
 *
 * <ul>
 *   <li>{@code split}: responses, labels, null labels, and which events train and which test;
 *   <li>{@code linalg}: moments, covariances and factorisations on primitive arrays;
 *   <li>{@code decoder}: the decoders and their fitted models;
 *   <li>{@code crossval}: training sets of folds, their scores, and what a session's decoding
 *       gives;
 *   <li>{@code nulls}: fast scores of null labels for decoders that can share work between them.
 * </ul>
 */
package org.neuroglia.decoding;
