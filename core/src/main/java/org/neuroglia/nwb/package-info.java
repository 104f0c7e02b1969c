/**
 * Reading of Neurodata Without Borders (NWB) files, both major versions, from any seekable stream
 * of bytes.
 *
 * <p>{@link org.neuroglia.nwb.NwbFile} opens a file and names its tables; a {@link
 * org.neuroglia.nwb.NwbTable} has columns; an {@link org.neuroglia.nwb.NwbColumn} reads its values
 * for a range of rows. {@link org.neuroglia.nwb.Nwb1Writer} writes version 1. Formats: <a
 * href="https://nwb-schema.readthedocs.io">NWB 2 schema</a>, <a
 * href="https://github.com/NeurodataWithoutBorders/specification_nwbn1">NWB 1 specification</a>.
 */
package org.neuroglia.nwb;
