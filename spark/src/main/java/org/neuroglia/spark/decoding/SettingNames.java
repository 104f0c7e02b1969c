package org.neuroglia.spark.decoding;

import java.util.Optional;

/**
 * How a message about settings calls them: those who set params know their names, those who type a
 * command know its options.
 */
public interface SettingNames {
  /** The names of the params. */
  SettingNames PARAMS =
      new SettingNames() {
        @Override
        public String name(String param) {
          return param;
        }

        @Override
        public Optional<String> typed(String param) {
          return Optional.empty();
        }
      };

  /** What a param is called, such as "--draws". */
  String name(String param);

  /** What was typed to set a param, such as "--draws 3"; empty where it was set by its name. */
  Optional<String> typed(String param);
}
