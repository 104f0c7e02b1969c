/** What Spark needs to plan and run operators of our own: nodes, and how a session learns them. */
package org.neuroglia.spark.plan;
