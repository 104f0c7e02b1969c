package org.neuroglia.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of one folder of {@code core/src/test/resources/golden}, by their path in it. The
 * archive of a folder is read once per JVM.
 */
public final class GoldenArchive {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, GoldenArchive> READ = new ConcurrentHashMap<>();

  private final String folder;
  private final Map<String, byte[]> files;

  private GoldenArchive(String folder) {
    this.folder = folder;
    this.files = new HashMap<>();
    try (InputStream resource = resource(folder + ".zip");
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new AssertionError("The golden cases of " + folder + " cannot be read", e);
    }
  }

  /** The archive of a folder; an AssertionError where there is none. */
  public static GoldenArchive of(String folder) {
    return READ.computeIfAbsent(folder, GoldenArchive::new);
  }

  /** The names of all cases by folder: what must be there. */
  static JsonNode index() {
    try (InputStream resource = resource("index.json")) {
      return JSON.readTree(resource);
    } catch (IOException e) {
      throw new AssertionError("The list of golden cases cannot be read", e);
    }
  }

  private static InputStream resource(String name) {
    InputStream resource = GoldenArchive.class.getResourceAsStream("/golden/" + name);
    if (resource == null) {
      throw new AssertionError("There is no golden/" + name + " among the test resources of core");
    }
    return resource;
  }

  Set<String> paths() {
    return files.keySet();
  }

  /** A file as it is. */
  public byte[] bytes(String path) {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new AssertionError("There is no " + path + " in golden/" + folder + ".zip");
    }
    return bytes.clone();
  }

  /** The lines of a text file, its header among them. */
  public List<String> lines(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8).lines().toList();
  }

  public JsonNode json(String path) {
    try {
      return JSON.readTree(bytes(path));
    } catch (IOException e) {
      throw new AssertionError(path + " in golden/" + folder + ".zip is no JSON", e);
    }
  }
}
