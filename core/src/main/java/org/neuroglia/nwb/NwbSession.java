package org.neuroglia.nwb;

/**
 * What a file says about its session; texts as in the file, empty where it says nothing.
 *
 * @param sessionId {@code /general/session_id}; in many files a placeholder
 * @param identifier {@code /identifier}, unique for each file by the standard
 * @param startTime {@code /session_start_time}, ISO 8601 in NWB 2, any format in NWB 1
 * @param experimenter several are joined with a semicolon
 */
public record NwbSession(
    String sessionId,
    String identifier,
    String description,
    String startTime,
    String experimenter,
    String lab,
    String institution,
    String experimentDescription,
    Subject subject) {

  /** {@code /general/subject}. */
  public record Subject(
      String subjectId,
      String species,
      String strain,
      String genotype,
      String sex,
      String age,
      String dateOfBirth,
      String weight,
      String description) {}
}
