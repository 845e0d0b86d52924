package dev.cooper.builder.remote;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What earlier builds know of files on HTTP servers, so that a server need only be asked whether
 * one has changed. A small file for each address; it may be lost at any time.
 */
public final class DownloadNotes {
  private static final String VERSION = "download 1";
  private static final int LINES = 6;

  private final @Nullable Path directory;

  private final boolean told;

  private DownloadNotes(@Nullable Path directory, boolean told) {
    this.directory = directory;
    this.told = told;
  }

  /** Knows nothing and remembers nothing. */
  public static final DownloadNotes NONE = new DownloadNotes(null, false);

  /**
   * The notes in a directory, which is made when it is needed.
   *
   * @param told whether what they know is told; if not, they only learn
   */
  public static DownloadNotes in(Path directory, boolean told) {
    return new DownloadNotes(directory, told);
  }

  /**
   * A file as it was.
   *
   * @param tag the server's name for this content (RFC 9110, ETag); empty if it gave none
   * @param lastModified when it changed, in the server's words; empty if it did not say
   * @param digest its SHA-256
   * @param size in bytes
   */
  record Note(String tag, String lastModified, Digest digest, long size) {
    /** Whether a server can tell by it that nothing has changed. */
    boolean isUseful() {
      return !tag.isEmpty();
    }
  }

  /** What is known of an address; empty if nothing is. */
  Optional<Note> find(String address) throws IOException {
    if (directory == null || !told) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file(directory, address));
      if (lines.size() != LINES || !lines.getFirst().equals(VERSION)) {
        return Optional.empty();
      }
      return lines.get(1).equals(address)
          ? Optional.of(
              new Note(
                  lines.get(2),
                  lines.get(3),
                  Digest.parse(lines.get(4)),
                  Long.parseLong(lines.get(5))))
          : Optional.empty();
    } catch (NoSuchFileException
        | CharacterCodingException
        | CooperException
        | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Remembers a file, if its server can say later whether it has changed. */
  void put(String address, Note note) throws IOException {
    if (directory == null || !note.isUseful() || address.contains("\n")) {
      return;
    }
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, "", ".new");
    try {
      Files.writeString(
          temporary,
          String.join(
              "\n",
              VERSION,
              address,
              note.tag(),
              note.lastModified(),
              note.digest().toString(),
              Long.toString(note.size())));
      Files.move(temporary, file(directory, address), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Forgets what is known of an address. */
  void forget(String address) throws IOException {
    if (directory != null) {
      Files.deleteIfExists(file(directory, address));
    }
  }

  private static Path file(Path directory, String address) {
    return directory.resolve(
        Digest.sha256(address.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32));
  }
}
