/**
 * A lake: the sessions of many NWB files as a few tables of Delta Lake.
 *
 * <pre>
 * LAKE/sessions          a row per session: its file, what the file tells of it, how much it has
 * LAKE/units             packed trains, and every column of the units
 * LAKE/events/TABLE      trials, stimulus presentations, …: a folder for each name of a table
 * LAKE/traces/SERIES     the time series that were asked for, long ones in stretches of time
 * LAKE/failures          the files that could not be read, and why
 * </pre>
 *
 * <h2>One moment of many tables</h2>
 *
 * <p>Delta commits a table at once, but not several tables. So {@code sessions} is committed last,
 * and each of its rows names the version of every other table that it belongs to ({@code
 * table_versions}). A reader takes a version of {@code sessions}, once, and reads of the other
 * tables the versions that it names. A table at that version holds the rows of exactly the sessions
 * in {@code sessions}: nothing has to be filtered or joined to be right, and a reader who began
 * before a commit goes on reading what was there before.
 *
 * <p>All rows of {@code sessions} name the same versions, since an ingest writes all of them anew:
 * a thousand rows are a few hundred kilobytes. The alternative, rows that carry the number of their
 * ingest and are joined with {@code sessions}, would spare that, but each reader, also one with
 * other tools, would have to join, and would find the rows of replaced sessions as well if it did
 * not.
 *
 * <p>An ingest that dies leaves versions of some tables that no row of {@code sessions} names, and
 * perhaps files that no version names. Readers do not see them. The next ingest commits, to each
 * such table, the state that {@code sessions} names together with its own changes: its commit takes
 * the files of the named version, never those of the latest. Two ingests at a time cannot both
 * succeed: a commit that is not the direct successor of what the ingest read is an error, and that
 * of {@code sessions} decides who was first.
 *
 * <p>Versions stay readable: the tables keep their logs for good, and files that a later version
 * does not need until {@code VACUUM} is run, which should be after a complete ingest.
 *
 * <h2>One pass over the files</h2>
 *
 * <p>Each NWB file is opened once, in one task, which writes the rows of all its tables to Parquet
 * files (one per table for a batch of small sessions, in the order of the files). What is committed
 * is the list of those files with their statistics. The rows never pass through a shuffle nor
 * through the driver. Types are those of the file, or of the lake where it has the column already;
 * only if it turns out that files of one run differ are the tables that differ read again.
 */
package org.neuroglia.spark.lake;
