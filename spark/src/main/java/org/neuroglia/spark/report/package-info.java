/** What came out of a decoding, as a page to read: {@code report.html}. */
package org.neuroglia.spark.report;
