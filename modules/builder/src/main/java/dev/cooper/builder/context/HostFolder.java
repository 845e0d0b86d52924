package dev.cooper.builder.context;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a folder of this machine. Paths are relative to it; no link in them is followed. */
interface HostFolder {

  /** The fastest reader there is for this system. */
  static HostFolder of(Path root) {
    return dev.cooper.linux.Linux.available() ? new LinuxFolder(root) : new PortableFolder(root);
  }

  /** What is at the path; null if nothing is, or something that cannot be copied (a socket). */
  @Nullable SourceFile status(String path) throws IOException;

  /** What is in a directory, by byte order of names, sockets left out. */
  List<SourceFile> list(String path) throws IOException;

  String linkTarget(String path) throws IOException;

  InputStream open(String path) throws IOException;

  /** Security attributes; empty where the system has none. */
  Map<String, byte[]> attributes(String path) throws IOException;
}
