package dev.cooper.explore;

import dev.cooper.elf.Elf;
import dev.cooper.elf.ElfFile;
import dev.cooper.elf.ElfFormatException;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.LayerFacts;
import dev.cooper.explore.fact.SecretPatterns;
import dev.cooper.explore.software.GoBuildInfo;
import dev.cooper.explore.software.SoftwareReading;
import dev.cooper.explore.software.StreamChannel;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.LayerBlob;
import dev.cooper.image.layer.LayerIndex;
import dev.cooper.image.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a layer's files once, in the order of storage, and keeps what is worth knowing. */
public final class FactsReading {
  /** What Linux reads of a script's first line (BINPRM_BUF_SIZE). */
  private static final int SCRIPT_LINE = 255;

  /** Nothing can be learnt from a file that is smaller, in bytes. */
  public static final int LEAST = 4;

  private static final int MAX_CONTENT = 4 << 20;

  /** All that is kept whole of one layer, in bytes; loaders and lists of users are far less. */
  private static final int MAX_KEPT = 16 << 20;

  /** Files that the loaders and the checks read. */
  private static final Set<String> CONTENTS =
      Set.of(
          "etc/ld.so.cache",
          "etc/passwd",
          "etc/group",
          "etc/os-release",
          "usr/lib/os-release",
          "etc/redhat-release",
          "etc/centos-release");

  private final Map<Long, List<Fact>> facts = new HashMap<>();

  /** By the path under which a file's contents are stored, another name that says what it has. */
  private final Map<String, String> softwareNames = new HashMap<>();

  /** The same, another name that a secret would have. */
  private final Map<String, String> secretNames = new HashMap<>();

  private int kept;

  private final LayerBlob blob;

  private FactsReading(LayerBlob blob) {
    this.blob = blob;
  }

  static LayerFacts of(LayerBlob blob, LayerIndex index) throws IOException {
    FactsReading reading = new FactsReading(blob);
    List<LayerIndex.Entry> files = new ArrayList<>();
    for (LayerIndex.Entry entry : index.entries()) {
      if (isInteresting(entry.entry())) {
        files.add(entry);
      } else if (entry.entry().type() == EntryType.HARD_LINK) {
        reading.otherName(entry.entry());
      }
    }
    files.sort(Comparator.comparingLong(LayerIndex.Entry::offset));
    try (LayerBlob.Scan scan = blob.scan()) {
      for (LayerIndex.Entry file : files) {
        reading.read(file, scan.next(file));
      }
    }
    return new LayerFacts(reading.facts);
  }

  private void otherName(TarEntry link) {
    if (SoftwareReading.isCandidate(link.path())) {
      softwareNames.put(link.linkTarget(), link.path());
    }
    if (SecretPatterns.isCandidate(link.path(), LEAST)) {
      secretNames.put(link.linkTarget(), link.path());
    }
  }

  private static boolean isInteresting(TarEntry entry) {
    return entry.isFile() && entry.size() >= LEAST;
  }

  private void read(LayerIndex.Entry file, InputStream in) throws IOException {
    TarEntry entry = file.entry();
    String path = entry.path();
    String software =
        SoftwareReading.isCandidate(path) ? path : softwareNames.getOrDefault(path, "");
    String secret =
        SecretPatterns.isCandidate(path, entry.size()) ? path : secretNames.getOrDefault(path, "");
    boolean readsSecret = SecretPatterns.isCandidate(secret, entry.size());
    InputStream whole = in;
    if (readsSecret || keepsContent(entry)) {
      byte[] bytes = in.readAllBytes();
      whole = new ByteArrayInputStream(bytes);
      if (keepsContent(entry)) {
        keep(file, bytes);
      }
      if (readsSecret) {
        SecretPatterns.find(secret, bytes).ifPresent(what -> add(file, new Fact.Secret(what)));
      }
    }
    PushbackInputStream content = new PushbackInputStream(whole, SCRIPT_LINE);
    byte[] head = content.readNBytes(LEAST);
    content.unread(head);
    if (Elf.isElf(head)) {
      binary(file, content, software);
      return;
    }
    if (head[0] == '#' && head[1] == '!') {
      byte[] line = content.readNBytes(SCRIPT_LINE);
      content.unread(line);
      script(file, line);
    }
    if (!software.isEmpty()) {
      software(file, software, content);
    }
  }

  private void software(LayerIndex.Entry file, String name, InputStream content)
      throws IOException {
    for (Fact fact : SoftwareReading.read(name, file.entry().size(), content)) {
      add(file, fact);
    }
  }

  private void binary(LayerIndex.Entry file, InputStream content, String software)
      throws IOException {
    // Of a large library the headers are read, not all that lies between them.
    SeekableByteChannel channel = blob.channel(file);
    if (channel == null) {
      channel = new StreamChannel(content, file.entry().size());
    }
    try {
      ElfFile elf = Elf.read(channel);
      add(file, new Fact.Binary(elf));
      for (Fact fact : GoBuildInfo.read(elf, channel)) {
        add(file, fact);
      }
      if (isLoader(file.entry())) {
        channel.position(0);
        keep(file, Channels.newInputStream(channel).readNBytes((int) file.entry().size()));
      }
    } catch (ElfFormatException e) {
      // Not one that a loader would accept: it is data, whatever its first bytes say.
    }
    if (!software.isEmpty()) {
      try {
        channel.position(0);
        software(file, software, Channels.newInputStream(channel));
      } catch (ElfFormatException e) {
        // Packed, and larger than what is held to be read again.
      }
    }
  }

  private void script(LayerIndex.Entry file, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String line = text.substring(2, end < 0 ? text.length() : end);
    boolean carriageReturn = line.endsWith("\r");
    add(
        file,
        new Fact.Script(
            carriageReturn ? line.substring(0, line.length() - 1) : line, carriageReturn));
  }

  private static boolean keepsContent(TarEntry entry) {
    return entry.size() <= MAX_CONTENT
        && (CONTENTS.contains(entry.path())
            || entry.path().startsWith("etc/ld-musl-") && entry.path().endsWith(".path"));
  }

  private static boolean isLoader(TarEntry entry) {
    String name = entry.name();
    return entry.size() <= MAX_CONTENT
        && (name.startsWith("ld-") || name.startsWith("ld.so") || name.startsWith("ld64.so"))
        && (entry.path().startsWith("lib") || entry.path().contains("/lib"));
  }

  private void keep(LayerIndex.Entry file, byte[] bytes) {
    if (bytes.length <= MAX_KEPT - kept) {
      kept += bytes.length;
      add(file, new Fact.Content(bytes));
    }
  }

  private void add(LayerIndex.Entry file, Fact fact) {
    facts.computeIfAbsent(file.offset(), o -> new ArrayList<>(1)).add(fact);
  }
}
