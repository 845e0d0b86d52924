package dev.cooper.builder.remote;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that was fetched from an HTTP server: readable for its owner alone, and as old as the
 * server says, or from the beginning of time.
 *
 * @param file where it is
 * @param digest its SHA-256
 * @param isWhole whether its content is there; if not, an earlier build knew it
 */
public record Download(Path file, Digest digest, boolean isWhole) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Whether a text is an address of an HTTP server. */
  public static boolean isAddress(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /**
   * The name of the file that an address leads to: the last part of its path; null if that is
   * empty.
   */
  public static @Nullable String name(String address) {
    String path = uri(address).getRawPath();
    String last = path == null ? "" : path.substring(path.lastIndexOf('/') + 1);
    String name = URLDecoder.decode(last.replace("+", "%2B"), StandardCharsets.UTF_8);
    return name.isEmpty() || name.equals(".") || name.equals("..") || name.contains("/")
        ? null
        : name;
  }

  /** As {@link #of(String, Path, Digest, DownloadNotes)}, without asking what is known. */
  public static Download of(String address, Path target, @Nullable Digest checksum)
      throws IOException, InterruptedException {
    return of(address, target, checksum, DownloadNotes.NONE);
  }

  /**
   * Fetches a file, following redirections. If the server says by its entity tag that it is what it
   * was in an earlier build, it is not fetched: then the file has its size, time and mode, and no
   * content. A time of change is no proof: a file can change twice in a second, or keep its time.
   *
   * @param checksum what its SHA-256 has to be; null for anything
   * @param notes what earlier builds know; gets what this one learns
   * @throws CooperException.Failed if the server cannot be reached, or does not give it
   * @throws CooperException.Corrupt if it has another digest
   */
  public static Download of(
      String address, Path target, @Nullable Digest checksum, DownloadNotes notes)
      throws IOException, InterruptedException {
    Optional<DownloadNotes.Note> known =
        notes.find(address).filter(note -> checksum == null || checksum.equals(note.digest()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(address)).timeout(PATIENCE).header("User-Agent", "cooper");
    known
        .map(DownloadNotes.Note::tag)
        .filter(tag -> !tag.isEmpty())
        .ifPresent(tag -> request.header("If-None-Match", tag));
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build()) {
      HttpResponse<InputStream> response;
      try {
        response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      } catch (IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        throw new CooperException.Failed("failed to GET " + address + ": " + why, null, e);
      }
      try (InputStream body = response.body()) {
        if (known.isPresent() && isUnchanged(response, known.get())) {
          return placeholder(target, known.get());
        }
        if (response.statusCode() != 200) {
          throw new CooperException.Failed(
              "failed to GET " + address + " with status " + response.statusCode());
        }
        Download download = keep(address, body, response, target, checksum);
        notes.put(
            address,
            new DownloadNotes.Note(
                header(response, "ETag"),
                header(response, "Last-Modified"),
                download.digest(),
                Files.size(target)));
        return download;
      }
    }
  }

  /**
   * Also a server that knows no conditions names what it is about to send; but a weak tag says only
   * that it is as good as before (RFC 9110, section 8.8.1).
   */
  private static boolean isUnchanged(HttpResponse<?> response, DownloadNotes.Note known) {
    return response.statusCode() == 304
        || (response.statusCode() == 200
            && !known.tag().isEmpty()
            && !known.tag().startsWith("W/")
            && header(response, "ETag").equals(known.tag()));
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** A file that looks like the one that was, of one hole. */
  private static Download placeholder(Path target, DownloadNotes.Note known) throws IOException {
    create(target);
    try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
      file.setLength(known.size());
    }
    Files.setLastModifiedTime(target, FileTime.from(modified(known.lastModified())));
    return new Download(target, known.digest(), false);
  }

  private static void create(Path target) throws IOException {
    Files.createFile(
        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static Download keep(
      String address,
      InputStream body,
      HttpResponse<InputStream> response,
      Path target,
      @Nullable Digest checksum)
      throws IOException {
    create(target);
    DigestOutputStream out =
        new DigestOutputStream(Files.newOutputStream(target), Digest.newSha256());
    try (out) {
      body.transferTo(out);
    }
    Digest digest = Digest.ofSha256(out.getMessageDigest().digest());
    if (checksum != null && !checksum.equals(digest)) {
      throw new CooperException.Corrupt(
          "digest mismatch " + digest + ": " + checksum,
          address + " is not what the checksum is of: check both");
    }
    Files.setLastModifiedTime(target, FileTime.from(modified(header(response, "Last-Modified"))));
    return new Download(target, digest, true);
  }

  private static Instant modified(String header) {
    try {
      return header.isEmpty()
          ? Instant.EPOCH
          : ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  private static URI uri(String address) {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new CooperException.InvalidInput(
          "invalid URL " + address + ": " + e.getReason(), null, e);
    }
    throw new CooperException.InvalidInput("invalid URL " + address + ": it names no host");
  }
}
