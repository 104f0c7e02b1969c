package org.neuroglia.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Stream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Spark Connect takes the stages that a file of {@code META-INF/services} lists; one without a
 * public constructor stops all others, Spark's too.
 */
class ConnectStagesTest {
  private static final List<Class<? extends Params>> KINDS =
      List.of(Estimator.class, Transformer.class, Evaluator.class);

  static List<Class<? extends Params>> kinds() {
    return KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyStageIsListed(Class<? extends Params> kind) throws Exception {
    List<String> listed =
        ServiceLoader.load(kind).stream()
            .map(Provider::type)
            .map(Class::getName)
            .filter(name -> name.startsWith("org.neuroglia."))
            .sorted()
            .toList();
    List<String> written = stages(kind).stream().map(Class::getName).sorted().toList();

    assertFalse(written.isEmpty());
    assertEquals(written, listed);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyListedStageCanBeMade(Class<? extends Params> kind) {
    ServiceLoader.load(kind).stream()
        .filter(provider -> provider.type().getName().startsWith("org.neuroglia."))
        .forEach(provider -> assertTrue(provider.get().params().length > 0));
  }

  @Test
  void everyStageIsMadeByItsUidAndLoadedByItsPath() throws Exception {
    for (Class<? extends Params> kind : KINDS) {
      for (Class<?> stage : stages(kind)) {
        assertTrue(Modifier.isStatic(stage.getMethod("load", String.class).getModifiers()));
        if (!Model.class.isAssignableFrom(stage)) {
          Params made = (Params) stage.getConstructor(String.class).newInstance("named");
          assertEquals("named", made.uid());
        }
      }
    }
  }

  /** The concrete classes of that kind that were compiled. */
  static List<Class<?>> stages(Class<?> kind) throws Exception {
    Path classes =
        Path.of(Schemas.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return compiled(classes).stream()
        .filter(type -> kind.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
        .toList();
  }

  private static List<Class<?>> compiled(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes.resolve("org/neuroglia/spark"))) {
      return files
          .map(file -> classes.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("$"))
          .map(file -> file.substring(0, file.length() - 6).replace('/', '.').replace('\\', '.'))
          .<Class<?>>map(ConnectStagesTest::named)
          .toList();
    }
  }

  private static Class<?> named(String name) {
    try {
      return Class.forName(name, false, ConnectStagesTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
