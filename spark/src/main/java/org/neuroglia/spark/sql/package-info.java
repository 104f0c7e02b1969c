/**
 * SQL: functions of spikes, and what makes them and the operators of this library known to sessions
 * from their start ({@link org.neuroglia.spark.sql.NeurogliaExtensions}).
 */
package org.neuroglia.spark.sql;
