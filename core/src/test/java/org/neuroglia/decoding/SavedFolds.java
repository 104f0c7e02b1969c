package org.neuroglia.decoding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.neuroglia.decoding.decoder.Decoder;
import org.neuroglia.decoding.decoder.Decoders;
import org.neuroglia.decoding.split.Responses;

/** What scikit-learn predicted fold by fold; {@code src/test/python/decoders.py} made it. */
public record SavedFolds(String name, Responses rows, int[] y, JsonNode saved) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A decoder and what it predicted. */
  public record Case(SavedFolds data, JsonNode expected) {
    public Decoder decoder() {
      return Decoders.named(expected.get("decoder").asText(), settings());
    }

    Map<String, String> settings() {
      JsonNode saved = expected.get("settings");
      Map<String, String> settings = new HashMap<>();
      saved.fieldNames().forEachRemaining(name -> settings.put(name, saved.get(name).asText()));
      return settings;
    }

    public boolean standardise() {
      return expected.get("standardise").asBoolean();
    }

    @Override
    public String toString() {
      return String.join(
          " ",
          data.name,
          expected.get("decoder").asText(),
          expected.get("settings").toString(),
          standardise() ? "standardised" : "raw");
    }
  }

  /** Everything that was saved. */
  public static JsonNode root() {
    try (InputStream file = SavedFolds.class.getResourceAsStream("/decoding/decoders.json.gz");
        InputStream json = new GZIPInputStream(file)) {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("The saved folds cannot be read", e);
    }
  }

  public static List<SavedFolds> all() {
    List<SavedFolds> all = new ArrayList<>();
    JsonNode data = root().get("data");
    data.fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode one = data.get(name);
              double[][] x = value(one.get("X"), double[][].class);
              int[] y = value(one.get("y"), int[].class);
              all.add(new SavedFolds(name, Responses.of(x), y, one));
            });
    return all;
  }

  public static SavedFolds of(String name) {
    return all().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
  }

  public static <T> T value(JsonNode node, Class<T> type) {
    try {
      return JSON.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  public static double[] flat(JsonNode rows) {
    return Arrays.stream(value(rows, double[][].class)).flatMapToDouble(Arrays::stream).toArray();
  }

  public int classes() {
    return Arrays.stream(y).max().orElseThrow() + 1;
  }

  public List<Case> classified() {
    List<Case> cases = new ArrayList<>();
    saved.get("classified").forEach(expected -> cases.add(new Case(this, expected)));
    return cases;
  }

  @Override
  public String toString() {
    return name;
  }
}
