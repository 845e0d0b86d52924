package dev.cooper.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.image.MemoryBlobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

class TarRoundTripTest {
  @Provide
  Arbitrary<List<TarEntry>> archives() {
    return TarEntryArbitraries.entries().list().ofMaxSize(12);
  }

  @Property(tries = 300)
  void whatIsWrittenIsReadAgain(@ForAll("archives") List<TarEntry> entries) throws IOException {
    byte[] tar = Entries.tar(entries);
    assertThat(tar.length % TarHeader.BLOCK).isZero();
    try (TarReader reader = new TarReader(new ByteArrayInputStream(tar))) {
      for (TarEntry entry : entries) {
        assertThat(reader.next()).isEqualTo(entry);
        assertThat(reader.content().readAllBytes()).isEqualTo(Entries.contents(entry));
      }
      assertThat(reader.next()).isNull();
      assertThat(reader.next()).isNull();
    }
    assertThat(Entries.read(new TarReader(new ByteArrayInputStream(tar)))).isEqualTo(entries);
    assertThat(Entries.read(new TarReader(new MemoryBlobs.MemoryChannel(tar)))).isEqualTo(entries);
  }

  @Property(tries = 100)
  void offsetsPointAtContents(@ForAll("archives") List<TarEntry> entries) throws IOException {
    byte[] tar = Entries.tar(entries);
    LayerIndex index = LayerIndex.read(new ByteArrayInputStream(tar));
    assertThat(LayerIndex.read(new MemoryBlobs.MemoryChannel(tar))).isEqualTo(index);
    for (LayerIndex.Entry indexed : index.entries()) {
      int from = (int) indexed.offset();
      byte[] contents = Entries.contents(indexed.entry());
      assertThat(tar).as(indexed.entry().path()).hasSizeGreaterThan(from + contents.length);
      assertThat(java.util.Arrays.copyOfRange(tar, from, from + contents.length))
          .isEqualTo(contents);
    }
  }

  @Property(tries = 200)
  void tablesOfContentsAreSavedAndLoaded(@ForAll("archives") List<TarEntry> entries)
      throws IOException {
    LayerIndex index = LayerIndex.read(new ByteArrayInputStream(Entries.tar(entries)));
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    index.save(saved);
    assertThat(LayerIndex.load(new ByteArrayInputStream(saved.toByteArray()))).isEqualTo(index);
  }

  @Property(tries = 100)
  void layersAreWrittenWithTheirTable(@ForAll("archives") List<TarEntry> entries)
      throws IOException {
    MemoryBlobs blobs = new MemoryBlobs();
    Layer layer;
    try (LayerWriter writer = LayerWriter.to(blobs)) {
      for (TarEntry entry : entries) {
        writer.add(entry, new ByteArrayInputStream(Entries.contents(entry)));
      }
      layer = writer.finish();
    }
    byte[] tar = blobs.blobs().get(layer.diffId());
    assertThat(layer.blob().size()).isEqualTo(tar.length);
    assertThat(LayerIndex.read(new ByteArrayInputStream(tar))).isEqualTo(layer.index());
    Layer adopted = LayerWriter.adopt(new ByteArrayInputStream(tar), new MemoryBlobs());
    assertThat(adopted).isEqualTo(layer);
  }

  @Property(tries = 200)
  void commonsCompressReadsTheSame(@ForAll("archives") List<TarEntry> entries) throws IOException {
    List<String> seen = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (TarEntry entry : entries) {
      expected.add(
          summary(
              entry.path() + (entry.isDirectory() ? "/" : ""),
              entry.mode(),
              entry.uid(),
              entry.gid(),
              entry.size(),
              entry.linkTarget()));
    }
    try (TarArchiveInputStream other =
        new TarArchiveInputStream(new ByteArrayInputStream(Entries.tar(entries)), "UTF-8")) {
      int i = 0;
      for (TarArchiveEntry entry = other.getNextEntry();
          entry != null;
          entry = other.getNextEntry()) {
        TarEntry ours = entries.get(i++);
        seen.add(
            summary(
                entry.getName(),
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getSize(),
                entry.getLinkName()));
        assertThat(other.readAllBytes()).isEqualTo(Entries.contents(ours));
        assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(ours.modified());
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  /** Names by length and ASCII part only: the other reader loses bytes that are not UTF-8. */
  private static String summary(String name, int mode, long uid, long gid, long size, String link) {
    return name.replaceAll("[^\\x01-\\x7e]+", "?")
        + " "
        + Integer.toOctalString(mode)
        + " "
        + uid
        + " "
        + gid
        + " "
        + size
        + " "
        + link.replaceAll("[^\\x01-\\x7e]+", "?");
  }
}
