package org.neuroglia.spark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparkOptionsTest {
  private static String shown(String... arguments) {
    return String.join(" ", SparkOptions.withoutSecrets(List.of(arguments)));
  }

  @Test
  void settingsWhoseKeysSpeakOfSecretsAreStars() {
    assertEquals(
        "--conf spark.hadoop.fs.s3a.secret.key=***",
        shown("--conf", "spark.hadoop.fs.s3a.secret.key=abc=="));
    assertEquals(
        "--conf=spark.hadoop.fs.azure.account.key.a.dfs.core.windows.net=***",
        shown("--conf=spark.hadoop.fs.azure.account.key.a.dfs.core.windows.net=abc"));
    assertEquals(
        "--conf spark.hadoop.fs.s3a.encryption.key=***",
        shown("--conf", "spark.hadoop.fs.s3a.encryption.key=abc"));
  }

  @Test
  void settingsWhoseValuesSpeakOfSecretsAreStars() {
    assertEquals(
        "--conf spark.driver.extraJavaOptions=***",
        shown("--conf", "spark.driver.extraJavaOptions=-Dfs.s3a.secret.key=abc"));
  }

  @Test
  void allElseIsShown() {
    assertEquals(
        "--label token --conf spark.sql.shuffle.partitions=8",
        shown("--label", "token", "--conf", "spark.sql.shuffle.partitions=8"));
  }
}
