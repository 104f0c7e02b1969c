package org.neuroglia.spark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neuroglia.TestsMustRun;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The report in headless Chromium, of Debian's packages chromium and chromium-driver. */
class ReportInBrowserTest {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");

  @TempDir static Path folder;
  private static ChromeDriver browser;

  @BeforeAll
  static void openBrowser() {
    boolean there = CHROMIUM.canExecute() && DRIVER.canExecute();
    TestsMustRun.require(there, "there is no " + CHROMIUM + " with " + DRIVER);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--user-data-dir=" + folder.resolve("profile"));
    browser =
        new ChromeDriver(
            new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  /** Opens a report, and gives the milliseconds until all is drawn. */
  private static long open(ObjectNode contents, int width, String scheme) throws IOException {
    Path file = folder.resolve("report.html");
    Files.write(file, ReportPage.html(contents));
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    browser.manage().logs().get(LogType.BROWSER);
    browser.manage().logs().get(LogType.PERFORMANCE);
    long start = System.nanoTime();
    browser.get(file.toUri().toString());
    assertEquals(
        "true", run("return document.documentElement.dataset.ready"), "the script has not ended");
    return (System.nanoTime() - start) / 1_000_000;
  }

  private static Object run(String script) {
    return browser.executeScript(script);
  }

  private static void assertQuiet() {
    List<String> said =
        browser.manage().logs().get(LogType.BROWSER).getAll().stream()
            .map(entry -> entry.getMessage())
            .toList();
    assertEquals(List.of(), said, "the console");
    List<String> requests =
        browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
            .map(entry -> entry.getMessage())
            .filter(message -> message.contains("Network.requestWillBeSent"))
            .filter(message -> !message.contains("\"url\":\"file:"))
            .filter(message -> !message.contains("\"url\":\"data:"))
            .toList();
    assertEquals(List.of(), requests, "requests to the network");
  }

  /** The number of charts, all of which have something other than background. */
  private static long drawnCharts() {
    return (Long)
        run(
            """
            const charts = [...document.querySelectorAll(".chart")];
            const blank = charts.filter((chart) => {
              const canvas = chart.querySelector("canvas");
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              return !pixels.data.some((value) => value > 0);
            });
            if (blank.length) throw new Error(blank[0].getAttribute("aria-label") + " is blank");
            return charts.length;
            """);
  }

  @Test
  void chartsAreDrawnInBothWidthsAndSchemesWithoutErrorsOrRequests() throws IOException {
    for (int width : new int[] {400, 1280}) {
      for (String scheme : List.of("light", "dark")) {
        open(SampleContents.of(40), width, scheme);
        assertEquals(6, drawnCharts());
        assertEquals(
            Boolean.FALSE,
            run("return document.documentElement.scrollWidth > window.innerWidth"),
            width + " pixels are not enough");
        assertEquals(
            scheme.equals("dark"),
            run("return getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] < 128"),
            scheme);
        assertQuiet();
      }
    }
  }

  @Test
  void hostileNamesStayNames() throws IOException {
    open(SampleContents.of(3), 1280, "light");
    run("document.querySelectorAll('details').forEach((one) => (one.open = true))");
    assertNull(run("return window.hacked"));
    assertEquals(0L, run("return document.querySelectorAll('img').length"));
    assertEquals(
        SampleContents.HOSTILE, run("return document.querySelector('#table td').textContent"));
    assertTrue(browser.getTitle().contains(SampleContents.HOSTILE));
    assertTrue(hover("#units .chart").contains(SampleContents.HOSTILE), "its name in the tooltip");
    assertNull(run("return window.hacked"));
    assertEquals(0L, run("return document.querySelectorAll('img').length"));
    assertQuiet();
  }

  /** Moves over a chart until something says what is there. */
  private static String hover(String chart) {
    WebElement element = browser.findElement(By.cssSelector(chart));
    run("document.querySelector('" + chart + "').scrollIntoView({block: 'center'})");
    int width = element.getSize().getWidth();
    int height = element.getSize().getHeight();
    for (int y = -height / 2 + 6; y < height / 2; y += 6) {
      for (int x = width / 8; x < width / 2; x += 16) {
        new Actions(browser, java.time.Duration.ZERO).moveToElement(element, x, y).perform();
        String tip = (String) run("return document.querySelector('.tip')?.textContent ?? ''");
        if (!tip.isEmpty()) {
          return tip;
        }
      }
    }
    throw new AssertionError("nothing to be told of in " + chart);
  }

  @Test
  void hoveringTellsTheNumbers() throws IOException {
    open(SampleContents.of(5), 1280, "light");
    String tip = hover("#units .chart");
    assertTrue(tip.contains("spikes/s"), tip);
  }

  private static List<String> column(int number) {
    return browser.findElements(By.cssSelector("#table td:nth-child(" + number + ")")).stream()
        .map(WebElement::getText)
        .toList();
  }

  @Test
  void tableIsSortedFilteredAndPaged() throws IOException {
    open(SampleContents.of(40), 1280, "light");
    assertEquals(50, column(1).size());
    WebElement accuracy = browser.findElement(By.xpath("//th/button[text()='accuracy']"));
    accuracy.click();
    List<Double> scores = column(3).stream().map(Double::valueOf).toList();
    assertEquals(scores.stream().sorted((a, b) -> Double.compare(b, a)).toList(), scores);
    accuracy.click();
    List<Double> rising = column(3).stream().map(Double::valueOf).toList();
    assertEquals(rising.stream().sorted().toList(), rising);
    assertFalse(rising.equals(scores));
    browser.findElement(By.xpath("//button[text()='Next']")).click();
    assertEquals(30, column(1).size());
    browser.findElement(By.cssSelector("#sessions input[type=search]")).sendKeys("mouse 17");
    assertEquals(List.of("mouse 17", "mouse 17"), column(1));
  }

  private static String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  @Test
  void meansOfDrawsSayWhichSessionsTheyAreOf() throws IOException {
    open(SampleContents.ofDraws(40), 1280, "light");
    assertEquals(7, drawnCharts());
    assertTrue(text("#figures").contains("best window, 40 neurons"), text("#figures"));
    assertTrue(
        text("#figures").contains("40 pairs of session and area with 40 neurons"),
        text("#figures"));
    for (String section : List.of("#time", "#generalisation", "#confusion")) {
      String said = text(section);
      assertTrue(
          said.contains("With 40 neurons, in the 40 pairs of session and area that have as many."),
          said);
    }
    assertTrue(text("#neurons").contains("there are 80 with 20, 40 with 40"), text("#neurons"));
    assertQuiet();
  }

  /** ECharts labels a logarithmic axis at powers of ten only: the numbers are drawn below it. */
  @Test
  void numbersOfNeuronsAreLabelled() throws IOException {
    open(SampleContents.ofDraws(40), 1280, "light");
    for (String side :
        List.of("40, 80", "canvas.width - 40, 40")) { // 20 at the left, 40 at the right
      assertEquals(
          Boolean.TRUE,
          run(
              """
              const canvas = document.querySelector("#neurons canvas");
              const [from, width] = [%s];
              const strip = canvas.getContext("2d").getImageData(from, canvas.height - 42, width, 14);
              return strip.data.some((value) => value > 0);
              """
                  .formatted(side)),
          side);
    }
  }

  @Test
  void largestClassStandsBesideChance() throws IOException {
    open(SampleContents.of(5), 1280, "light");
    assertTrue(text("#figures").contains("chance 0.50, largest class 0.60"), text("#figures"));
    assertTrue(text("#scores").contains("would be right in 0.60 of the events"), text("#scores"));
  }

  /** Of 9 null labels p is at least 0.1; of 24 it is 1/25 by chance as often as 2/25. */
  @Test
  void numberThatWouldBeSignificantByChanceFollowsFromTheNullLabels() throws IOException {
    ObjectNode contents = SampleContents.of(50);
    ((ObjectNode) contents.get("settings")).put("permutations", 9);
    open(contents, 1280, "light");
    assertTrue(text("#figures").contains("of 9 null labels p is at least 0.10"), text("#figures"));
    ((ObjectNode) contents.get("settings")).put("permutations", 24);
    open(contents, 1280, "light");
    assertTrue(text("#figures").contains("some 4 would be by chance"), text("#figures"));
  }

  @Test
  void everyPictureHasWordsOfItsOwn() throws IOException {
    open(SampleContents.of(40), 1280, "light");
    assertEquals(
        0L,
        run(
            "return [...document.querySelectorAll('.chart')].filter((c) => c.getAttribute('role')"
                + " !== 'img' || c.getAttribute('aria-label').length < 40).length"));
  }

  /** On a quiet machine within two seconds; here others may compute at the same time. */
  @Test
  void thousandSessionsOpenFast() throws IOException {
    open(SampleContents.of(10), 1280, "light"); // what the browser does once
    long milliseconds = open(SampleContents.of(1_000), 1280, "light");
    System.out.printf("A report of 1,000 sessions opens in %,d ms.%n", milliseconds);
    assertTrue(milliseconds < 4_000, milliseconds + " ms");
  }
}
