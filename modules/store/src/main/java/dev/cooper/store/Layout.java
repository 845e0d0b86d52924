package dev.cooper.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where things are in a store. {@code oci-layout}, {@code index.json} and {@code blobs} are an OCI
 * image layout (image-spec, image-layout.md), which allows other files beside them.
 */
record Layout(Path root) {
  /** The lock that every user of content shares and the garbage collector holds alone. */
  static final String LEASE = "lease";

  /** The lock of whoever changes index.json. */
  static final String INDEX = "index";

  /** The lock of whoever looks through the store after a boot. */
  static final String BOOT = "boot";

  Path layoutFile() {
    return root.resolve("oci-layout");
  }

  Path index() {
    return root.resolve("index.json");
  }

  /** Room that is given up when the disk is full, so that something can be removed. */
  Path reserve() {
    return root.resolve("reserve");
  }

  Path blobs() {
    return root.resolve("blobs");
  }

  Path layers() {
    return root.resolve("layers");
  }

  Path tablesOfContents() {
    return root.resolve("toc");
  }

  Path layerFacts() {
    return cache().resolve("facts");
  }

  Path cache() {
    return root.resolve("cache");
  }

  Path containers() {
    return root.resolve("containers");
  }

  Path networks() {
    return root.resolve("networks");
  }

  Path volumes() {
    return root.resolve("volumes");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  Path locks() {
    return root.resolve("locks");
  }

  /** The boot of the machine in which the store was last looked through. */
  Path boot() {
    return root.resolve("boot");
  }

  /** What is in a directory; nothing when it is not there. */
  static List<Path> entries(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return entries;
  }
}
