package org.neuroglia.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A source file of the modules, without its comments and texts.
 *
 * @param room its package
 */
record MainSource(Path file, String room, String code) {
  private static final Pattern TEXT_OR_COMMENT =
      Pattern.compile(
          "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|'\"'|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern CLASS = Pattern.compile("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*");

  static Path root() {
    return Path.of(System.getProperty("project.root", ".."));
  }

  static List<MainSource> of(String... modules) {
    return Stream.of(modules)
        .flatMap(module -> in(root().resolve(module).resolve("src/main/java")))
        .toList();
  }

  private static Stream<MainSource> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(MainSource::read)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MainSource read(Path file) {
    try {
      return parse(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static MainSource parse(Path file, String text) {
    String code = TEXT_OR_COMMENT.matcher(text).replaceAll(" ");
    Matcher room = PACKAGE.matcher(code);
    return new MainSource(file, room.find() ? room.group(1) : "", code);
  }

  /**
   * Classes that the code names in full, in an import or elsewhere. An import that only a comment
   * needs does not count.
   */
  Set<String> classes() {
    Set<String> classes = new TreeSet<>();
    Matcher matcher = CLASS.matcher(code);
    while (matcher.find()) {
      String name = matcher.group();
      String simple = name.substring(name.lastIndexOf('.') + 1);
      boolean imported =
          code.substring(0, matcher.start()).endsWith("\nimport ")
              && code.charAt(matcher.end()) != '.';
      if (!imported
          || Pattern.compile("\\b" + simple + "\\b").matcher(code).results().count() > 1) {
        classes.add(name);
      }
    }
    return classes;
  }
}
