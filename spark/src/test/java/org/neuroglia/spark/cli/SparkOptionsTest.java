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
  void aSecretOfS3MayBeginAsAPortDoes() {
    assertEquals("s3a://***@bucket/x", shown("s3a://AKIA:12/abc@bucket/x"));
    assertEquals("http://host:80/a@b", shown("http://host:80/a@b"));
  }

  @Test
  void settingsWhoseValuesSpeakOfSecretsAreStars() {
    assertEquals(
        "--conf spark.driver.extraJavaOptions=***",
        shown("--conf", "spark.driver.extraJavaOptions=-Dfs.s3a.secret.key=abc"));
  }

  @Test
  void usersOfUrlsAreStars() {
    assertEquals("s3a://***@bucket/a.nwb", shown("s3a://AKIA:abc+d=@bucket/a.nwb"));
    assertEquals("s3a://***@bucket/a@1.nwb", shown("s3a://AKIA:ab/c@bucket/a@1.nwb"));
    assertEquals("https://***@host:8080/a.nwb", shown("https://token@host:8080/a.nwb"));
    assertEquals("https://***@host/a.nwb", shown("https://me:p@ss?@host/a.nwb"));
    assertEquals(
        "--conf spark.hadoop.fs.defaultFS=ftp://***@host/",
        shown("--conf", "spark.hadoop.fs.defaultFS=ftp://me:abc@host/"));
    assertEquals(
        "hdfs://***@a:9000/x,s3a://***@b/y", shown("hdfs://u:p@a:9000/x,s3a://KEY:SECRET@b/y"));
  }

  @Test
  void hostsPortsContainersAndNamesWithAnAtAreShown() {
    for (String url :
        List.of(
            "hdfs://host:9000/mouse@1.nwb",
            "s3a://bucket/mouse@1.nwb",
            "abfss://container@account.dfs.core.windows.net/a.nwb",
            "data/a:b@c.nwb")) {
      assertEquals(url, shown(url));
    }
  }

  @Test
  void allElseIsShown() {
    assertEquals(
        "--label token --conf spark.sql.shuffle.partitions=8",
        shown("--label", "token", "--conf", "spark.sql.shuffle.partitions=8"));
  }
}
