package org.neuroglia.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The page of a report: one file with all that it needs, which asks the network for nothing. A
 * Content-Security-Policy has the browser refuse any script but the two that are in it, and any
 * request.
 */
public final class ReportPage {
  /** What Maven left in the jar of the charts, whose folders are named for their version. */
  private static final String ECHARTS = "/META-INF/maven/org.webjars.npm/echarts/pom.properties";

  private ReportPage() {}

  /**
   * Makes the page.
   *
   * @param contents of {@link ReportContents#json}
   * @return HTML in UTF-8; the same for the same contents
   */
  public static byte[] html(JsonNode contents) {
    String echarts = echarts();
    String charts = inScript(resource(echarts + "dist/echarts.min.js"));
    String script = inScript(resource("report.js"));
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("policy", policy(charts, script));
    parts.put("style", resource("report.css"));
    parts.put("licence", inText(licence(echarts)));
    parts.put("contents", inData(ReportContents.compact(contents)));
    parts.put("charts", charts);
    parts.put("script", script);
    return filled(resource("report.html"), parts).getBytes(StandardCharsets.UTF_8);
  }

  /** The template with each {@code {{name}}} replaced; what is put in is not looked at again. */
  private static String filled(String template, Map<String, String> parts) {
    StringBuilder page = new StringBuilder();
    int at = 0;
    while (true) {
      int opens = template.indexOf("{{", at);
      if (opens < 0) {
        return page.append(template, at, template.length()).toString();
      }
      int closes = template.indexOf("}}", opens);
      page.append(template, at, opens).append(parts.get(template.substring(opens + 2, closes)));
      at = closes + 2;
    }
  }

  private static String policy(String... scripts) {
    StringBuilder allowed = new StringBuilder();
    for (String script : scripts) {
      allowed.append(" 'sha256-").append(sha256(script)).append('\'');
    }
    return "default-src 'none'; script-src"
        + allowed
        + "; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";
  }

  private static String sha256(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** JSON that no text in it can leave: no name ends the script, or begins a comment. */
  private static String inData(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /**
   * A script as it is, which must not have what would end it.
   *
   * @throws IllegalStateException if it has
   */
  private static String inScript(String script) {
    String lower = script.toLowerCase(java.util.Locale.ROOT);
    if (lower.contains("</script") || lower.contains("<!--") || script.contains("\r")) {
      throw new IllegalStateException("a script of the report would end within itself");
    }
    return script;
  }

  private static String inText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The folder of the charts on the class path. */
  private static String echarts() {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(resource(ECHARTS)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "/META-INF/resources/webjars/echarts/" + properties.getProperty("version") + "/";
  }

  private static String licence(String echarts) {
    return resource(echarts + "NOTICE").strip()
        + "\n\n"
        + resource(echarts + "LICENSE").strip()
        + "\n\nlicenses/LICENSE-d3\n\n"
        + resource(echarts + "licenses/LICENSE-d3").strip();
  }

  private static String resource(String name) {
    try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(
            "the class path has no " + name + ", which a report is made with");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
