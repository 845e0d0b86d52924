package dev.cooper.image.archive;

import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.DockerArchiveEntry;
import dev.cooper.image.Index;
import dev.cooper.image.Manifest;
import dev.cooper.image.Reference;
import dev.cooper.image.layer.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Images in an OCI image layout (image-spec, image-layout.md), in a tar archive or in a folder. A
 * Docker archive is such a layout with a {@code manifest.json} beside it.
 */
public final class ImageArchive {
  /** The annotation by which containerd, and Docker with it, keep an image's whole name. */
  static final String CONTAINERD_NAME = "io.containerd.image.name";

  private ImageArchive() {}

  /**
   * An image in an archive.
   *
   * @param names what it is called; may be empty
   */
  public record Entry(PackedImage image, List<Reference> names) {
    public Entry {
      names = List.copyOf(names);
    }
  }

  /** Which tools are meant to read it. */
  public enum Form {
    OCI,
    DOCKER
  }

  /** A blob and an image that has it. */
  private record Held(PackedImage image, Descriptor blob) {}

  /** Writes an archive; the stream stays open. Equal images with equal names give equal bytes. */
  public static void write(List<Entry> images, Form form, OutputStream out) throws IOException {
    TarWriter tar = new TarWriter(out);
    write(images, form, new TarFiles(tar));
    tar.finish();
  }

  /**
   * Writes a layout into a folder, made where it is missing; blobs of images that were there stay,
   * the table of contents is of these images alone.
   */
  public static void write(List<Entry> images, Form form, Path folder) throws IOException {
    FolderFiles files = new FolderFiles(folder);
    files.directory("");
    write(images, form, files);
  }

  private static void write(List<Entry> images, Form form, ArchiveFiles files) throws IOException {
    files.directory("blobs");
    files.directory("blobs/sha256");
    Map<String, Held> blobs = new TreeMap<>();
    for (Entry entry : images) {
      for (Descriptor blob : entry.image().blobs()) {
        blobs.putIfAbsent(path(blob.digest()), new Held(entry.image(), blob));
      }
    }
    for (Map.Entry<String, Held> each : blobs.entrySet()) {
      Descriptor blob = each.getValue().blob();
      try (InputStream in = each.getValue().image().open(blob.digest())) {
        files.file(each.getKey(), blob.size(), in);
      }
    }
    put(files, "index.json", index(images).toJson());
    if (form == Form.DOCKER) {
      put(files, "manifest.json", DockerArchiveEntry.toJson(dockerEntries(images)));
    }
    put(files, "oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static void put(ArchiveFiles files, String path, byte[] bytes) throws IOException {
    files.file(path, bytes.length, new ByteArrayInputStream(bytes));
  }

  /** An entry for each name, as an index has one name in one entry. */
  private static Index index(List<Entry> images) {
    List<Descriptor> entries = new ArrayList<>();
    for (Entry entry : images) {
      Descriptor target = entry.image().target();
      if (entry.names().isEmpty()) {
        entries.add(target);
      }
      for (Reference name : entry.names()) {
        Map<String, String> annotations = new TreeMap<>(target.annotations());
        annotations.put(CONTAINERD_NAME, name.canonical());
        if (name.tag() != null) {
          annotations.put(Descriptor.REF_NAME, name.tag());
        }
        entries.add(target.withAnnotations(annotations));
      }
    }
    return Index.of(entries);
  }

  private static List<DockerArchiveEntry> dockerEntries(List<Entry> images) throws IOException {
    List<DockerArchiveEntry> entries = new ArrayList<>();
    for (Entry entry : images) {
      for (Manifest manifest : entry.image().manifests()) {
        entries.add(
            new DockerArchiveEntry(
                path(manifest.config().digest()),
                entry.names().stream().map(Reference::familiar).toList(),
                manifest.layers().stream().map(layer -> path(layer.digest())).toList()));
      }
    }
    return entries;
  }

  private static String path(Digest digest) {
    return "blobs/" + digest.algorithm() + "/" + digest.hex();
  }
}
