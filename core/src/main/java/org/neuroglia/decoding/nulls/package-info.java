/**
 * Scores of many null labels at once. {@link org.neuroglia.decoding.nulls.NullScorer} chooses: a
 * decoder whose fits share work between null labels (the total scatter does not depend on labels)
 * has a class of its own here, every other decoder is fitted anew for each null. A new shortcut
 * belongs here; a new kind of null labels belongs into {@code split}.
 */
package org.neuroglia.decoding.nulls;
