package org.neuroglia.nwb;

import io.jhdf.AbstractNode;
import io.jhdf.FractalHeap;
import io.jhdf.GroupSymbolTableNode;
import io.jhdf.HdfFile;
import io.jhdf.LocalHeap;
import io.jhdf.ObjectHeader;
import io.jhdf.SymbolTableEntry;
import io.jhdf.Utils;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.btree.BTreeV1;
import io.jhdf.btree.BTreeV2;
import io.jhdf.btree.record.LinkNameForIndexedGroupRecord;
import io.jhdf.object.message.LinkInfoMessage;
import io.jhdf.object.message.LinkMessage;
import io.jhdf.object.message.SymbolTableMessage;
import io.jhdf.storage.HdfBackingStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.neuroglia.InvalidInputException;

/**
 * The tree of an HDF5 file.
 *
 * <p>jHDF opens all children of a group to list it, so that one child that it cannot read (a region
 * reference, a virtual or externally stored dataset) hides its siblings. Here a group is listed by
 * its links alone, and a child is opened when it is asked for. Names come sorted, as h5py lists
 * them. Not thread-safe.
 *
 * @see <a href="https://support.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">HDF5 file
 *     format</a>
 */
final class Hdf implements AutoCloseable {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int MOST_LINKS = 32;

  /** Bytes of doubles that are read at a time: few enough to stay in the cache of a core. */
  private static final int BLOCK = 1 << 17;

  private final String name;
  private final HdfFile file;
  private final Inflaters inflaters = new Inflaters();
  private final Map<String, HdfGroup> groups = new HashMap<>();
  private Map<Long, String> pathsByAddress;
  private ByteBuffer block;

  /**
   * @param channel the bytes of the file; closed with this object
   * @param name what to call the file in messages
   */
  Hdf(SeekableByteChannel channel, String name) throws IOException {
    this.name = name;
    PagedChannel paged = new PagedChannel(channel);
    if (!hasSignature(paged)) {
      throw new InvalidInputException(
          name + " is not an HDF5 file; NWB files of versions 1 and 2 are read.");
    }
    try {
      // The URI is only for jHDF's log; links to other files are not followed.
      this.file = new HdfFile(paged, URI.create("file:///nwb"));
    } catch (RuntimeException e) {
      throw unreadable("/", e);
    }
    long needed = storage().getSuperblock().getEndOfFileAddress();
    if (paged.size() < needed) {
      throw new InvalidInputException(
          name + " is cut off: it has " + paged.size() + " bytes of " + needed + ".");
    }
  }

  /** The signature stands at byte 0 or, behind a user block, at 512, 1024, 2048 and so on. */
  private static boolean hasSignature(PagedChannel channel) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(SIGNATURE.length);
    for (long at = 0; at + SIGNATURE.length <= channel.size(); at = at == 0 ? 512 : at * 2) {
      start.clear();
      channel.position(at).read(start);
      if (Arrays.equals(start.array(), SIGNATURE)) {
        return true;
      }
    }
    return false;
  }

  String name() {
    return name;
  }

  HdfBackingStorage storage() {
    return file.getHdfBackingStorage();
  }

  Inflaters inflaters() {
    return inflaters;
  }

  /**
   * Fills a buffer. Thread-safe.
   *
   * @param address as the file has it, without a user block
   */
  void read(long address, ByteBuffer target) {
    try {
      FileChannel channel = storage().getFileChannel();
      long at = address + storage().getSuperblock().getBaseAddressByte();
      while (target.hasRemaining()) {
        at += channel.read(target, at); // which fails where the file ends
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code count} doubles into {@code target} from {@code at} on; not thread-safe. */
  void read(long address, ByteOrder order, double[] target, int at, int count) {
    if (block == null) {
      block = ByteBuffer.allocateDirect(BLOCK);
    }
    DoubleBuffer doubles = block.clear().order(order).asDoubleBuffer();
    for (int done = 0; done < count; ) {
      int next = Math.min(count - done, BLOCK / Double.BYTES);
      read(address + (long) done * Double.BYTES, block.clear().limit(next * Double.BYTES));
      doubles.get(0, target, at + done, next);
      done += next;
    }
  }

  HdfGroup root() {
    return (HdfGroup) open("", file.getAddress());
  }

  /**
   * @param path absolute, with or without a leading slash
   * @return the object, or nothing where no link of that name is
   * @throws InvalidInputException where something is there but cannot be read: a broken link, a
   *     link to another file, or what jHDF does not support
   */
  Optional<HdfObject> find(String path) {
    return find(path, 0);
  }

  private Optional<HdfObject> find(String path, int links) {
    HdfObject at = root();
    for (String step : path.split("/")) {
      if (step.isEmpty() || step.equals(".")) {
        continue;
      }
      Link link = at instanceof HdfGroup group ? group.links().get(step) : null;
      if (link == null) {
        return Optional.empty();
      }
      at = follow(at.path() + "/" + step, link, links);
    }
    return Optional.of(at);
  }

  /** Opens what a link of a group leads to. */
  HdfObject follow(String path, Link link) {
    return follow(path, link, 0);
  }

  private HdfObject follow(String path, Link link, int links) {
    if (link.file() != null) {
      throw new InvalidInputException(
          name
              + ": "
              + path
              + " is a link to another file, "
              + link.file()
              + ", which is not read.");
    }
    if (link.target() == null) {
      return open(path, link.address());
    }
    String parent = path.substring(0, path.lastIndexOf('/') + 1);
    String target = link.target().startsWith("/") ? link.target() : parent + link.target();
    return (links > MOST_LINKS ? Optional.<HdfObject>empty() : find(target, links + 1))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    name + ": " + path + " is a broken link to " + link.target() + "."));
  }

  /**
   * What an object reference points to.
   *
   * @param path what to call it: the way back to its own path would be a walk through the file
   */
  HdfObject referenced(String path, long address) {
    return open(path, address);
  }

  /** Groups are kept, so that each is listed once. */
  private HdfObject open(String path, long address) {
    HdfGroup known = groups.get(path);
    if (known != null) {
      return known;
    }
    try {
      Node node = file.getNodeByAddress(address);
      if (node instanceof Dataset) {
        return new HdfDataset(this, path, node);
      }
      HdfGroup group = new HdfGroup(this, path, node);
      groups.put(path, group);
      return group;
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  /** The path of an object that a reference points to; empty where no hard link leads to it. */
  Optional<String> pathOf(long address) {
    if (pathsByAddress == null) {
      pathsByAddress = new HashMap<>();
      collectPaths(root(), new HashSet<>());
    }
    return Optional.ofNullable(pathsByAddress.get(address));
  }

  private void collectPaths(HdfGroup group, Set<Long> seen) {
    if (!seen.add(group.address()) || group.path().equals("/specifications")) {
      return;
    }
    for (Map.Entry<String, Link> entry : group.links().entrySet()) {
      Link link = entry.getValue();
      if (link.target() != null || link.file() != null) {
        continue;
      }
      String path = group.path() + "/" + entry.getKey();
      pathsByAddress.putIfAbsent(link.address(), path);
      try {
        if (open(path, link.address()) instanceof HdfGroup child) {
          collectPaths(child, seen);
        }
      } catch (InvalidInputException e) {
        // What jHDF cannot read has a path all the same.
      }
    }
  }

  /** One sentence for a person from what jHDF says. */
  InvalidInputException unreadable(String path, Throwable error) {
    if (error instanceof InvalidInputException known) {
      return known;
    }
    Throwable cause = error;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    if (reason.contains("Region reference")) {
      reason = "it holds region references, which are not read";
    } else if (reason.contains("External Data Files")) {
      reason = "its values are stored in another file, which is not read";
    } else if (reason.contains("Virtual") || reason.contains("virtual")) {
      reason = "it is a virtual dataset, which is not read";
    } else if (reason.startsWith("A required filter is not available")) {
      reason =
          "it is compressed with "
              + filterName(reason.replaceAll(".* id=", ""))
              + ", which is not read; gzip, shuffle, lzf, lz4, bitshuffle and fletcher32 are";
    } else {
      reason = reason.replaceAll("[.\\s]+$", "");
    }
    String object = path.isEmpty() ? "/" : path;
    return new InvalidInputException(
        name + ": " + object + " cannot be read: " + reason + ".", error);
  }

  /** Names of filters in files are long texts with web addresses. */
  private static String filterName(String id) {
    String known =
        switch (id) {
          case "4" -> "szip";
          case "5" -> "nbit";
          case "6" -> "scaleoffset";
          case "32001" -> "blosc";
          case "32008" -> "bitshuffle with zstd";
          case "32013" -> "zfp";
          case "32015" -> "zstd";
          case "32026" -> "blosc2";
          default -> "an unknown filter";
        };
    return known + " (HDF5 filter " + id + ")";
  }

  @Override
  public void close() {
    inflaters.close();
    file.close();
  }

  /** Where a name in a group leads: an address, a path in this file, or a path in another file. */
  record Link(long address, String target, String file) {}

  /** Links of a group by name, from its header, B-tree or fractal heap; no child is opened. */
  SortedMap<String, Link> links(String path, Node group) {
    try {
      SortedMap<String, Link> links = new TreeMap<>();
      ObjectHeader header = ((AbstractNode) group).getHeader();
      if (header.hasMessageOfType(SymbolTableMessage.class)) {
        addSymbolTable(links, header.getMessageOfType(SymbolTableMessage.class));
      } else if (header.hasMessageOfType(LinkInfoMessage.class)) {
        LinkInfoMessage info = header.getMessageOfType(LinkInfoMessage.class);
        if (info.getBTreeNameIndexAddress() == io.jhdf.Constants.UNDEFINED_ADDRESS) {
          header.getMessagesOfType(LinkMessage.class).forEach(link -> add(links, link));
        } else {
          addDenseLinks(links, info);
        }
      }
      return links;
    } catch (RuntimeException e) {
      throw unreadable(path, e);
    }
  }

  private void addSymbolTable(SortedMap<String, Link> links, SymbolTableMessage table) {
    ByteBuffer names = new LocalHeap(storage(), table.getLocalHeapAddress()).getDataBuffer();
    BTreeV1 tree = BTreeV1.createGroupBTree(storage(), table.getBTreeAddress());
    for (long child : tree.getChildAddresses()) {
      for (SymbolTableEntry entry :
          new GroupSymbolTableNode(storage(), child).getSymbolTableEntries()) {
        boolean soft = entry.getCacheType() == 2;
        String target = soft ? nameAt(names, entry.getLinkValueOffset()) : null;
        links.put(
            nameAt(names, entry.getLinkNameOffset()),
            new Link(entry.getObjectHeaderAddress(), target, null));
      }
    }
  }

  private static String nameAt(ByteBuffer names, int offset) {
    names.position(offset);
    return Utils.readUntilNull(names);
  }

  private void addDenseLinks(SortedMap<String, Link> links, LinkInfoMessage info) {
    FractalHeap heap = new FractalHeap(storage(), info.getFractalHeapAddress());
    BTreeV2<LinkNameForIndexedGroupRecord> tree =
        new BTreeV2<>(storage(), info.getBTreeNameIndexAddress());
    for (LinkNameForIndexedGroupRecord link : tree.getRecords()) {
      add(links, LinkMessage.fromBuffer(heap.getId(link.getId()), storage().getSuperblock()));
    }
  }

  private static void add(SortedMap<String, Link> links, LinkMessage link) {
    links.put(
        link.getLinkName(),
        switch (link.getLinkType()) {
          case HARD -> new Link(link.getHardLinkAddress(), null, null);
          case SOFT -> new Link(0, link.getSoftLink(), null);
          case EXTERNAL -> new Link(0, link.getExternalPath(), link.getExternalFile());
        });
  }

  /** A group or a dataset. */
  abstract static sealed class HdfObject permits HdfGroup, HdfDataset {
    private final Hdf file;
    private final String path;
    private final Node node;

    HdfObject(Hdf file, String path, Node node) {
      this.file = file;
      this.path = path;
      this.node = node;
    }

    final Hdf file() {
      return file;
    }

    /** Absolute, without a trailing slash: empty for the root. */
    final String path() {
      return path;
    }

    final Node node() {
      return node;
    }

    final long address() {
      return node.getAddress();
    }

    /** The value of an attribute, as jHDF gives it; nothing where it is absent or empty. */
    final Optional<Object> attribute(String name) {
      try {
        Attribute attribute = node.getAttributes().get(name);
        return attribute == null ? Optional.empty() : Optional.ofNullable(attribute.getData());
      } catch (RuntimeException e) {
        throw file.unreadable(path + ", attribute " + name, e);
      }
    }

    /** As {@link #attribute}, the first of several; empty where it is absent. */
    final String text(String name) {
      return attribute(name).map(HdfObject::first).map(Object::toString).orElse("");
    }

    /** As {@link #attribute}, for a number. */
    final Optional<Double> number(String name) {
      return attribute(name)
          .map(HdfObject::first)
          .filter(Number.class::isInstance)
          .map(number -> ((Number) number).doubleValue());
    }

    /** MATLAB writes a value as an array of one. */
    private static Object first(Object value) {
      return value.getClass().isArray() ? Array.get(value, 0) : value;
    }
  }

  /** A group, listed by its links. */
  static final class HdfGroup extends HdfObject {
    private SortedMap<String, Link> links;

    HdfGroup(Hdf file, String path, Node node) {
      super(file, path, node);
    }

    SortedMap<String, Link> links() {
      if (links == null) {
        links = file().links(path(), node());
      }
      return links;
    }

    boolean has(String name) {
      return links().containsKey(name);
    }

    /** As {@link Hdf#find}, for a child. */
    Optional<HdfObject> child(String name) {
      Link link = links().get(name);
      return link == null
          ? Optional.empty()
          : Optional.of(file().follow(path() + "/" + name, link));
    }

    Optional<HdfGroup> group(String name) {
      return child(name).filter(HdfGroup.class::isInstance).map(HdfGroup.class::cast);
    }

    Optional<HdfDataset> dataset(String name) {
      return child(name).filter(HdfDataset.class::isInstance).map(HdfDataset.class::cast);
    }
  }
}
