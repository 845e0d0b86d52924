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
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
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

  /** By the path under which a file's contents are stored, a path that tells what it is. */
  private final Map<String, String> otherNames = new HashMap<>();

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
      } else if (entry.entry().type() == EntryType.HARD_LINK
          && SoftwareReading.isCandidate(entry.entry().path())) {
        reading.otherNames.put(entry.entry().linkTarget(), entry.entry().path());
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

  private static boolean isInteresting(TarEntry entry) {
    return entry.isFile() && entry.size() >= LEAST;
  }

  private void read(LayerIndex.Entry file, InputStream in) throws IOException {
    TarEntry entry = file.entry();
    byte[] head = in.readNBytes(4);
    PushbackInputStream whole = new PushbackInputStream(in, 4);
    whole.unread(head);
    String software =
        SoftwareReading.isCandidate(entry.path())
            ? entry.path()
            : otherNames.getOrDefault(entry.path(), "");
    if (!software.isEmpty()) {
      for (Fact fact : SoftwareReading.read(software, entry.size(), whole)) {
        add(file, fact);
      }
    } else if (keepsContent(entry)) {
      add(file, new Fact.Content(whole.readAllBytes()));
    } else if (Elf.isElf(head)) {
      binary(file, whole);
    } else if (head[0] == '#' && head[1] == '!') {
      script(file, whole.readNBytes(SCRIPT_LINE));
    } else if (SecretPatterns.isCandidate(entry.path(), entry.size())) {
      SecretPatterns.find(entry.path(), whole.readAllBytes())
          .ifPresent(what -> add(file, new Fact.Secret(what)));
    }
  }

  private void binary(LayerIndex.Entry file, InputStream content) throws IOException {
    try {
      // Of a large library the headers are read, not all that lies between them.
      SeekableByteChannel channel = blob.channel(file);
      if (channel == null) {
        channel = new StreamChannel(content, file.entry().size());
      }
      ElfFile elf = Elf.read(channel);
      add(file, new Fact.Binary(elf));
      for (Fact fact : GoBuildInfo.read(elf, channel)) {
        add(file, fact);
      }
      if (isLoader(file.entry())) {
        byte[] bytes = new byte[(int) file.entry().size()];
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
        channel.position(0);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
        add(file, new Fact.Content(bytes));
      }
    } catch (ElfFormatException e) {
      // Not one that a loader would accept: it is data, whatever its first bytes say.
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
        && (name.startsWith("ld-") || name.startsWith("ld.so") || name.startsWith("ld64.so"));
  }

  private void add(LayerIndex.Entry file, Fact fact) {
    facts.computeIfAbsent(file.offset(), o -> new ArrayList<>(1)).add(fact);
  }
}
