package org.neuroglia.spark.plan;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.internal.SessionState;

/**
 * The parts of a session that Spark's public interface hides since version 4, where a session may
 * also be one of Spark Connect. All code of this library runs on the server, where every session is
 * a classic one.
 */
public final class ClassicSession {
  private ClassicSession() {}

  /**
   * A builder of classic sessions. {@code SparkSession.builder()} would find it by Scala's
   * reflection, which is slow at first.
   */
  public static org.apache.spark.sql.classic.SparkSession.Builder builder() {
    return new org.apache.spark.sql.classic.SparkSession.Builder();
  }

  static SessionState state(SparkSession spark) {
    return ((org.apache.spark.sql.classic.SparkSession) spark).sessionState();
  }

  /**
   * How the session reaches file systems: Hadoop's settings of the cluster with those of the
   * session. {@code SparkContext.hadoopConfiguration()} lacks the latter.
   */
  public static Configuration hadoop(SparkSession spark) {
    return state(spark).newHadoopConf();
  }

  /** All settings, with the defaults of those that are not set. */
  public static SQLConf conf(SparkSession spark) {
    return state(spark).conf();
  }

  /** Whether the session of this thread tells names by their case. */
  public static boolean isCaseSensitive() {
    return SQLConf.get().caseSensitiveAnalysis();
  }

  /** Whether this thread runs a command of SQL, such as {@code CREATE VIEW}. */
  public static boolean isInCommand(SparkSession spark) {
    return spark.sparkContext().getLocalProperty(SQLExecution.EXECUTION_ID_KEY()) != null;
  }
}
