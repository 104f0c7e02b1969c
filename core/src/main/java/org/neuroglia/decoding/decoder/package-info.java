/**
 * The decoders: immutable settings ({@link org.neuroglia.decoding.decoder.Decoder}) that fit a
 * model ({@link org.neuroglia.decoding.decoder.DecoderModel}) to labelled responses. {@link
 * org.neuroglia.decoding.decoder.Decoders} finds them by name and checks their settings: a new
 * decoder is a class here and a line there. Knows nothing of cross-validation or null labels.
 */
package org.neuroglia.decoding.decoder;
