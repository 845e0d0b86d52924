package dev.cooper.builder.remote;

import dev.cooper.builder.context.FolderTree;
import dev.cooper.builder.context.SourceFile;
import dev.cooper.builder.context.SourceTree;
import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A folder of files some of which are only fetched when somebody wants their bytes. */
public final class LateFiles implements SourceTree {
  private final Path folder;
  private final DownloadNotes notes;
  private final SourceTree tree;
  private final Map<String, Late> late = new HashMap<>();

  /**
   * @param folder holds all the files, those to be fetched without content
   * @param notes where what these are is known from
   */
  public LateFiles(Path folder, DownloadNotes notes) {
    this.folder = folder;
    this.notes = notes;
    this.tree = new FolderTree(folder);
  }

  private record Late(String address, Digest digest) {}

  /** Says that a file is to be fetched when it is opened. */
  public synchronized void add(String path, String address, Digest digest) {
    late.put(path, new Late(address, digest));
  }

  /** The digests of the files that are to be fetched, by path. */
  public synchronized Map<String, byte[]> digests() {
    Map<String, byte[]> digests = new HashMap<>();
    late.forEach(
        (path, each) -> digests.put(path, java.util.HexFormat.of().parseHex(each.digest().hex())));
    return digests;
  }

  @Override
  public InputStream open(SourceFile file) throws IOException {
    fetch(file.path());
    return tree.open(file);
  }

  private synchronized void fetch(String path) throws IOException {
    Late wanted = late.get(path);
    if (wanted == null) {
      return;
    }
    Path target = folder.resolve(path);
    Files.delete(target);
    try {
      Download download = Download.of(wanted.address(), target, null);
      if (!download.digest().equals(wanted.digest())) {
        notes.forget(wanted.address());
        throw new CooperException.Failed(
            wanted.address() + " has changed although its server says that it has not",
            "run the build again",
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException failure = new InterruptedIOException("interrupted");
      failure.initCause(e);
      throw failure;
    }
    late.remove(path);
  }

  @Override
  public @Nullable SourceFile lookup(String path) throws IOException {
    return tree.lookup(path);
  }

  @Override
  public List<SourceFile> children(SourceFile directory) throws IOException {
    return tree.children(directory);
  }

  @Override
  public String linkTarget(SourceFile link) throws IOException {
    return tree.linkTarget(link);
  }

  @Override
  public Map<String, byte[]> attributes(SourceFile file) throws IOException {
    return tree.attributes(file);
  }
}
