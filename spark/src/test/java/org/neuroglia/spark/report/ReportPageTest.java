package org.neuroglia.spark.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReportPageTest {
  private static String page(int sessions) {
    return new String(ReportPage.html(SampleContents.of(sessions)), StandardCharsets.UTF_8);
  }

  /** Without the charts' library, whose code has elements in its strings. */
  private static String withoutLibrary(String page) {
    int from = page.indexOf("<script>") + "<script>".length();
    return page.substring(0, from) + page.substring(page.indexOf("</script>", from));
  }

  @Test
  void namesDoNotReachThePageAsHtmlAndComeBackAsTheyWere() throws Exception {
    String page = page(3);
    assertFalse(page.contains("<script>window.hacked"), "a name is a script");
    assertFalse(withoutLibrary(page).contains("<img"), "a name is an element");
    assertEquals(
        3,
        withoutLibrary(page).split("<script", -1).length - 1,
        "data, charts, and what draws them");
    String opens = "<script id=\"contents\" type=\"application/json\">";
    int from = page.indexOf(opens) + opens.length();
    String json = page.substring(from, page.indexOf("</script>", from));
    assertEquals(SampleContents.of(3).toString(), new ObjectMapper().readTree(json).toString());
  }

  @Test
  void sameContentsGiveTheSameBytes() {
    assertArrayEquals(
        ReportPage.html(SampleContents.of(20)), ReportPage.html(SampleContents.of(20)));
  }

  @Test
  void onlyItsOwnScriptsMayRunAndNothingIsAskedFor() {
    String page = withoutLibrary(page(1));
    assertTrue(page.contains("content=\"default-src 'none'; script-src 'sha256-"), "policy");
    assertFalse(page.contains("script-src 'unsafe"), "policy");
    assertFalse(page.matches("(?s).*<[a-z]+[^>]* src=.*"), "a file beside the page");
    assertFalse(page.contains("<link"), "a file beside the page");
  }

  @Test
  void licencesOfTheChartsAreInThePage() {
    String page = page(1);
    assertTrue(page.contains("Apache License"), "ECharts");
    assertTrue(page.contains("Mike Bostock"), "d3");
  }

  @Test
  void thousandSessionsStayAFewMegabytes() {
    int bytes = ReportPage.html(SampleContents.of(1_000)).length;
    assertTrue(bytes < 3_000_000, bytes + " bytes");
  }
}
