package org.neuroglia.decoding.decoder;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.neuroglia.InvalidInputException;

/** Values of a decoder's settings, as text. */
final class DecoderSettings {
  private final String decoder;
  private final Map<String, String> values = new TreeMap<>();

  /** Refuses settings that the decoder does not have. */
  DecoderSettings(String decoder, List<Decoders.Setting> known, Map<String, String> given) {
    this.decoder = decoder;
    known.forEach(setting -> values.put(setting.name(), setting.standard()));
    for (Map.Entry<String, String> setting : new TreeMap<>(given).entrySet()) {
      if (values.replace(setting.getKey(), setting.getValue().strip()) == null) {
        throw new InvalidInputException(
            "the decoder \""
                + decoder
                + "\" has no setting \""
                + setting.getKey()
                + "\"; it has "
                + (known.isEmpty()
                    ? "none"
                    : String.join(", ", known.stream().map(Decoders.Setting::name).toList())));
      }
    }
  }

  String text(String name) {
    return values.get(name);
  }

  double number(String name) {
    return number(name, "a number", text(name));
  }

  int integer(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw wrong(name, "a whole number", e);
    }
  }

  /** Numbers with commas between them, or none for {@code data}. */
  double[] priors(String name) {
    if (text(name).equals("data")) {
      return new double[0];
    }
    String accepted = values.containsKey("prior") ? "data, uniform or numbers" : "data or numbers";
    return Arrays.stream(text(name).split(",", -1))
        .mapToDouble(part -> number(name, accepted + " with commas between them", part))
        .toArray();
  }

  private double number(String name, String accepted, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(name, accepted, e);
    }
  }

  private InvalidInputException wrong(String name, String accepted, Exception cause) {
    return new InvalidInputException(
        name + " of the decoder \"" + decoder + "\" is " + accepted + ", not '" + text(name) + "'",
        cause);
  }
}
