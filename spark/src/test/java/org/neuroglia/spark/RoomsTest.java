package org.neuroglia.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Packages of the library use each other one way. */
class RoomsTest {
  @Test
  void packagesUseEachOtherWithoutCircles() {
    List<MainSource> sources = MainSource.of("core", "spark");
    assertTrue(sources.size() > 400, "only " + sources.size() + " files");
    assertEquals(List.of(), circles(uses(sources)));
  }

  @Test
  void aCircleOfThreeIsFoundWithItsFiles() {
    List<MainSource> sources =
        List.of(
            source("A", "package org.neuroglia.a;\nimport org.neuroglia.b.B;\nclass A { B b; }"),
            source("B", "package org.neuroglia.b;\nclass B { org.neuroglia.c.C c; }"),
            source(
                "C",
                "package org.neuroglia.c;\nimport static org.neuroglia.a.A.x;\nclass C { int i = x; }"));
    assertEquals(
        List.of(
            "org.neuroglia.a > org.neuroglia.b (A), org.neuroglia.b > org.neuroglia.c (B),"
                + " org.neuroglia.c > org.neuroglia.a (C)"),
        circles(uses(sources)));
  }

  @Test
  void linksOfCommentsAreNoUse() {
    List<MainSource> sources =
        List.of(
            source("A", "package org.neuroglia.a;\nimport org.neuroglia.b.B;\nclass A { B b; }"),
            source(
                "B",
                "package org.neuroglia.b;\nimport org.neuroglia.a.A;\n/** See {@link A}. */\nclass B {}"));
    assertEquals(List.of(), circles(uses(sources)));
  }

  private static MainSource source(String name, String text) {
    return MainSource.parse(Path.of(name + ".java"), text);
  }

  /** For each package those that it uses, and the classes that do. */
  private static Map<String, Map<String, Set<String>>> uses(List<MainSource> sources) {
    Map<String, Map<String, Set<String>>> uses = new TreeMap<>();
    for (MainSource source : sources) {
      Map<String, Set<String>> used = uses.computeIfAbsent(source.room(), r -> new TreeMap<>());
      for (String name : source.classes()) {
        String room = name.substring(0, name.lastIndexOf('.'));
        if (room.startsWith("org.neuroglia") && !room.equals(source.room())) {
          String file = source.file().getFileName().toString().replace(".java", "");
          used.computeIfAbsent(room, r -> new HashSet<>()).add(file);
        }
      }
    }
    return uses;
  }

  /** A shortest circle through each package that is in one, each circle once. */
  private static List<String> circles(Map<String, Map<String, Set<String>>> uses) {
    Set<String> told = new HashSet<>();
    List<String> circles = new ArrayList<>();
    for (String start : uses.keySet()) {
      List<String> circle = circle(start, uses);
      if (!circle.isEmpty() && Collections.disjoint(told, circle)) {
        circles.add(shown(circle, uses));
        told.addAll(circle);
      }
    }
    return circles;
  }

  /** A shortest way from a package back to it, without its end; empty if there is none. */
  private static List<String> circle(String start, Map<String, Map<String, Set<String>>> uses) {
    Map<String, String> from = new HashMap<>();
    Deque<String> next = new ArrayDeque<>(List.of(start));
    while (!next.isEmpty() && !from.containsKey(start)) {
      String room = next.remove();
      for (String used : uses.getOrDefault(room, Map.of()).keySet()) {
        if (from.putIfAbsent(used, room) == null) {
          next.add(used);
        }
      }
    }
    List<String> circle = new ArrayList<>();
    for (String room = from.get(start); room != null; room = from.get(room)) {
      circle.add(0, room);
      if (room.equals(start)) {
        return circle;
      }
    }
    return List.of();
  }

  private static String shown(List<String> circle, Map<String, Map<String, Set<String>>> uses) {
    List<String> edges = new ArrayList<>();
    for (int i = 0; i < circle.size(); i++) {
      String to = circle.get((i + 1) % circle.size());
      Set<String> files = uses.get(circle.get(i)).get(to);
      edges.add(
          circle.get(i)
              + " > "
              + to
              + files.stream().sorted().limit(5).collect(Collectors.joining(", ", " (", ")")));
    }
    return String.join(", ", edges);
  }
}
