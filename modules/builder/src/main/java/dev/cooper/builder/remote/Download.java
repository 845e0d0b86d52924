package dev.cooper.builder.remote;

import dev.cooper.image.CooperException;
import dev.cooper.image.Digest;
import java.io.IOException;
import java.io.InputStream;
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
import org.jspecify.annotations.Nullable;

/**
 * A file that was fetched from an HTTP server: readable for its owner alone, and as old as the
 * server says, or from the beginning of time.
 *
 * @param file where it is
 * @param digest its SHA-256
 */
public record Download(Path file, Digest digest) {
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

  /**
   * Fetches a file, following redirections.
   *
   * @param checksum what its SHA-256 has to be; null for anything
   * @throws CooperException.Failed if the server cannot be reached, or does not give it
   * @throws CooperException.Corrupt if it has another digest
   */
  public static Download of(String address, Path target, @Nullable Digest checksum)
      throws IOException, InterruptedException {
    URI uri = uri(address);
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("User-Agent", "cooper").build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(PATIENCE)
            .build()) {
      HttpResponse<InputStream> response;
      try {
        response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      } catch (IOException e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        throw new CooperException.Failed("failed to GET " + address + ": " + why, null, e);
      }
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new CooperException.Failed(
              "failed to GET " + address + " with status " + response.statusCode());
        }
        return keep(address, body, response, target, checksum);
      }
    }
  }

  private static Download keep(
      String address,
      InputStream body,
      HttpResponse<InputStream> response,
      Path target,
      @Nullable Digest checksum)
      throws IOException {
    Files.createFile(
        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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
    Files.setLastModifiedTime(
        target, FileTime.from(modified(response.headers().firstValue("Last-Modified").orElse(""))));
    return new Download(target, digest);
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
