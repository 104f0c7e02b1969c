package org.neuroglia.spark.cli;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Chooses the program that runs a command, and the options that this program needs at its start.
 * The launcher runs this class in a short Java process before it starts the program. To start fast,
 * this class uses only {@code java.base}, and neither lambdas nor concatenated strings.
 */
final class Launch {
  /** The programs that a command can be started through. */
  enum Program {
    /** Java, with our main class. */
    NEUROGLIA("neuroglia"),
    /** Java, with the main class or file of a user. */
    JAVA("java"),
    /** Spark's own launcher, with our main class. */
    SPARK_SUBMIT("spark-submit");

    private final String word;

    Program(String word) {
      this.word = word;
    }
  }

  /** Inputs of fewer bytes are small, unless one of them is a folder of many files. */
  static final long SMALL_BYTES = 50_000 * 1024;

  /** A folder of more files than this may hold any number of sessions, and is not measured. */
  static final int MANY_FILES = 500;

  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]*[kmgtKMGT]");

  /** The commands that run Spark jobs; inspect and generate have none worth a cluster. */
  private static final Set<String> SPARK_COMMANDS =
      Set.of("demo", "ingest", "decode", "report", "sample", "empty-job");

  /** Copying is native code, or nearly so, whatever the size of the input. */
  private static final Set<String> COPYING_COMMANDS = Set.of("ingest", "report");

  /** The size of the input says nothing about how much these compute. */
  private static final Set<String> COMPUTING_COMMANDS = Set.of("generate", "java");

  private final List<String> arguments;
  private final boolean sparkHome;

  /**
   * A launch of one command.
   *
   * @param arguments the arguments of the launcher, the command first
   * @param sparkHome whether SPARK_HOME names a Spark that jobs must run through
   */
  Launch(List<String> arguments, boolean sparkHome) {
    this.arguments = List.copyOf(arguments);
    this.sparkHome = sparkHome;
  }

  /**
   * Prints the version of Java, the program, and its options. Each ends with a zero byte, the only
   * byte that no argument can contain. Everything is printed at once, so the launcher reads either
   * a whole answer or none.
   */
  public static void main(String[] arguments) throws IOException {
    String home = System.getenv("SPARK_HOME");
    Launch launch = new Launch(List.of(arguments), home != null && !home.isEmpty());
    List<String> words = new ArrayList<>();
    words.add(
        String.join(
            " ",
            System.getProperty("java.vm.name"),
            System.getProperty("java.vendor"),
            System.getProperty("java.runtime.version")));
    words.add(launch.program().word);
    words.addAll(launch.options());
    // Java decoded the arguments with this encoding.
    Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (String word : words) {
      answer.write(word.getBytes(encoding));
      answer.write(0);
    }
    answer.writeTo(System.out);
    System.out.flush();
  }

  /** Whether Java and Spark accept a size of memory, such as 900m or 8g. */
  static boolean isMemory(String size) {
    return MEMORY.matcher(size).matches();
  }

  Program program() {
    if (command().equals("java")) {
      return Program.JAVA;
    }
    return sparkHome && SPARK_COMMANDS.contains(command())
        ? Program.SPARK_SUBMIT
        : Program.NEUROGLIA;
  }

  /** The options of {@link #program()} that depend on the arguments. */
  List<String> options() {
    return program() == Program.SPARK_SUBMIT ? submitOptions() : javaOptions();
  }

  private String command() {
    return arguments.isEmpty() ? "" : arguments.get(0);
  }

  /** The options of SparkOptions that spark-submit must know before Spark starts. */
  private List<String> submitOptions() {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String name = optionName(i);
      String value = optionValue(i);
      switch (name) {
        case "--master", "--conf" -> options.addAll(List.of(name, value));
        case "--driver-memory" -> {
          if (isMemory(value)) { // else SparkOptions says what is accepted
            options.addAll(List.of(name, value));
          }
        }
        default -> {}
      }
    }
    return options;
  }

  private List<String> javaOptions() {
    List<String> options = compilation();
    for (int i = 0; i < arguments.size(); i++) {
      if (optionName(i).equals("--driver-memory") && isMemory(optionValue(i))) {
        options.add("-Xmx".concat(optionValue(i)));
      }
    }
    return options;
  }

  private String optionName(int i) {
    String argument = arguments.get(i);
    int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
    return equals < 0 ? argument : argument.substring(0, equals);
  }

  private String optionValue(int i) {
    String name = optionName(i);
    if (name.length() < arguments.get(i).length()) {
      return arguments.get(i).substring(name.length() + 1);
    }
    return i + 1 < arguments.size() ? arguments.get(i + 1) : "";
  }

  /**
   * Options of Java's compiler. Where there is little to compute, compiling to the best code takes
   * longer than it saves. Where the input is small, compiling Spark's plans does not pay either:
   * see SparkOptions.
   */
  private List<String> compilation() {
    List<String> options = new ArrayList<>();
    if (COPYING_COMMANDS.contains(command()) || inspectsLake()) {
      options.add(QUICK_COMPILER);
    } else if (!COMPUTING_COMMANDS.contains(command()) && smallInput()) {
      options.add(QUICK_COMPILER);
      options.add("-D".concat(SparkOptions.SMALL_INPUT).concat("=true"));
    }
    return options;
  }

  /** Inspecting a lake reads little: its tables hold the counts already. */
  private boolean inspectsLake() {
    return command().equals("inspect")
        && arguments.size() > 1
        && new File(arguments.get(1), "sessions/_delta_log").isDirectory();
  }

  /** Whether all inputs are local, few and small. Each argument that names a file is an input. */
  private boolean smallInput() {
    InputSize size = new InputSize();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.contains("://")) {
        return false;
      }
      if (argument.isEmpty() || i > 0 && arguments.get(i - 1).equals("--out")) {
        continue;
      }
      if (argument.contains("*") || argument.contains("?") || argument.contains("{")) {
        return false; // a glob
      }
      size.add(argument);
      if (!size.small()) {
        return false;
      }
    }
    return true;
  }

  /** Adds up files until they are no longer few and small. */
  private static final class InputSize extends SimpleFileVisitor<Path> {
    private long bytes;
    private int files;

    boolean small() {
      return bytes < SMALL_BYTES && files <= MANY_FILES;
    }

    /** Adds a file, or all files in a folder. A link counts as its target. */
    void add(String path) {
      files = 0; // the limit holds for each folder, not for files named one by one
      try {
        Files.walkFileTree(
            Path.of(path), EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, this);
      } catch (IOException | InvalidPathException e) {
        // Not a file that the command could read.
      }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        bytes += attributes.size();
        files++;
      }
      return small() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // such as an argument that is no file
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) {
      return FileVisitResult.CONTINUE; // also of a folder that could not be listed to its end
    }
  }
}
