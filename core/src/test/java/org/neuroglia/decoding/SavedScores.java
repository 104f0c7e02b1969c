package org.neuroglia.decoding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.neuroglia.decoding.split.Responses;

/** What {@code make_scores.py} saved. */
public record SavedScores(JsonNode json) {
  public static SavedScores read() {
    try (InputStream stream = SavedScores.class.getResourceAsStream("/decoding/scores.json")) {
      return new SavedScores(new ObjectMapper().readTree(stream));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T value(String name, Class<T> type) {
    return new ObjectMapper().convertValue(json.get(name), type);
  }

  public Responses responses() {
    return Responses.of(value("X", double[][].class));
  }

  public int[] codes(String name) {
    return value(name, int[].class);
  }

  public int[][] codesOfEach(String name) {
    return value(name, int[][].class);
  }

  public double[] numbers(String name) {
    return value(name, double[].class);
  }

  public double number(String name) {
    return json.get(name).asDouble();
  }
}
