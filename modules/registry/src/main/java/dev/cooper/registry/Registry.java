package dev.cooper.registry;

import dev.cooper.image.CooperException;
import dev.cooper.image.Descriptor;
import dev.cooper.image.Digest;
import dev.cooper.image.MediaTypes;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * One repository of a registry, by the OCI distribution specification 1.1. Safe for use by several
 * threads at once.
 */
public final class Registry {
  private static final String ACCEPTED =
      String.join(
          ", ",
          MediaTypes.OCI_MANIFEST,
          MediaTypes.OCI_INDEX,
          MediaTypes.DOCKER_MANIFEST,
          MediaTypes.DOCKER_INDEX);
  private static final int TAGS_A_PAGE = 1000;
  private static final int PAGES = 1000;

  private final Exchange exchange;
  private final Reference repository;
  private final String base;

  private Registry(Exchange exchange, Reference repository, String base) {
    this.exchange = exchange;
    this.repository = repository;
    this.base = base;
  }

  /**
   * The repository that an image's name names, to read from. Nothing is sent yet.
   *
   * @param environment may name proxies
   */
  public static Registry toPull(
      Reference name, Credentials credentials, Map<String, String> environment) {
    return open(name, credentials, environment, "pull");
  }

  /** As {@link #toPull}, to write to as well. */
  public static Registry toPush(
      Reference name, Credentials credentials, Map<String, String> environment) {
    return open(name, credentials, environment, "pull,push");
  }

  private static Registry open(
      Reference name, Credentials credentials, Map<String, String> environment, String actions) {
    RegistryHost host = RegistryHost.of(name.domain());
    Http http = new Http(environment);
    Authorization authorization =
        new Authorization(http, credentials, "repository:" + name.path() + ":" + actions);
    return new Registry(
        new Exchange(http, authorization), name, host.address() + "/v2/" + name.path());
  }

  /**
   * A manifest or index as it was received.
   *
   * @param descriptor its type, digest and size
   * @param bytes its bytes, not to be changed by anyone
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Document(Descriptor descriptor, byte[] bytes) {}

  /**
   * The manifest or index of a name, or of a digest where the name has one; verified.
   *
   * @throws CooperException.NotFound when there is none
   * @throws CooperException.Failed when the registry cannot be reached or does not give it
   * @throws CooperException.Corrupt when its bytes do not have their digest
   */
  public Document manifest(Reference name) throws IOException {
    Digest wanted = name.digest();
    String which = wanted != null ? wanted.toString() : String.valueOf(name.tag());
    URI address = address("/manifests/" + which);
    HttpResponse<byte[]> response =
        exchange.bytes(exchange.request(address).header("Accept", ACCEPTED).GET());
    switch (response.statusCode()) {
      case 200 -> {
        return document(name, wanted, response);
      }
      case 404 -> throw RegistryFailure.absent(name, response);
      case 401, 403 -> throw RegistryFailure.denied("pull", name, response);
      default -> throw RegistryFailure.unexpected("GET", address, response);
    }
  }

  private static Document document(
      Reference name,
      @org.jspecify.annotations.Nullable Digest wanted,
      HttpResponse<byte[]> answer) {
    byte[] bytes = answer.body();
    Digest told =
        answer
            .headers()
            .firstValue("Docker-Content-Digest")
            .filter(Digest::isDigest)
            .map(Digest::parse)
            .orElse(null);
    Digest digest = wanted != null ? wanted : told != null ? told : Digest.sha256(bytes);
    if (!HexFormat.of().formatHex(digest.newMessageDigest().digest(bytes)).equals(digest.hex())) {
      throw new CooperException.Corrupt(
          "the registry answered with other bytes than " + digest + " for " + name.familiar());
    }
    String type = answer.headers().firstValue("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    type = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    if (!MediaTypes.isManifest(type) && !MediaTypes.isIndex(type)) {
      throw new CooperException.Failed(
          name.familiar() + ": the registry gave a document of type " + type,
          "images in Docker's schema 1 are not read any more: push it again with a newer Docker",
          null);
    }
    return new Document(Descriptor.of(type, digest, bytes.length), bytes);
  }

  /**
   * A blob from a position on. The caller closes it.
   *
   * @throws CooperException.NotFound when the registry does not have it
   */
  InputStream blob(Digest digest, long from) throws IOException {
    URI address = address("/blobs/" + digest);
    HttpRequest.Builder request = exchange.request(address).GET();
    if (from > 0) {
      request = request.header("Range", "bytes=" + from + "-");
    }
    HttpResponse<InputStream> response = exchange.stream(request);
    InputStream body = response.body();
    switch (response.statusCode()) {
      case 206 -> {
        return body;
      }
      case 200 -> {
        // A registry that knows no ranges begins at the beginning.
        body.skipNBytes(from);
        return body;
      }
      case 404 -> {
        body.close();
        throw new CooperException.NotFound("the registry does not have the blob " + digest);
      }
      default -> throw RegistryFailure.unexpected("GET", address, Exchange.whole(response));
    }
  }

  /** Whether the repository has a blob. */
  boolean has(Digest digest) throws IOException {
    URI address = address("/blobs/" + digest);
    HttpResponse<byte[]> response =
        exchange.bytes(
            exchange.request(address).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw RegistryFailure.denied("push", repository, response);
    }
    return response.statusCode() == 200;
  }

  /** Sends a blob, in one piece. */
  void upload(Descriptor blob, BodySource body) throws IOException {
    URI start = address("/blobs/uploads/");
    HttpResponse<byte[]> begun =
        exchange.bytes(exchange.request(start).POST(HttpRequest.BodyPublishers.noBody()));
    if (begun.statusCode() == 401 || begun.statusCode() == 403) {
      throw RegistryFailure.denied("push", repository, begun);
    }
    String location = begun.headers().firstValue("Location").orElse(null);
    if (begun.statusCode() != 202 || location == null) {
      throw RegistryFailure.unexpected("POST", start, begun);
    }
    URI target = start.resolve(location);
    target =
        URI.create(
            target
                + (target.getRawQuery() == null ? "?" : "&")
                + "digest="
                + blob.digest().toString().replace(":", "%3A"));
    HttpResponse<byte[]> sent =
        exchange.bytes(
            exchange
                .upload(target)
                .header("Content-Type", "application/octet-stream")
                .PUT(body.publisher(blob.size())));
    if (sent.statusCode() != 201) {
      throw RegistryFailure.unexpected("PUT", target, sent);
    }
  }

  /** Names a manifest whose parts are all there. */
  void putManifest(String tagOrDigest, String mediaType, byte[] json) throws IOException {
    URI address = address("/manifests/" + tagOrDigest);
    HttpResponse<byte[]> response =
        exchange.bytes(
            exchange
                .request(address)
                .header("Content-Type", mediaType)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(json)));
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw RegistryFailure.denied("push", repository, response);
    }
    if (response.statusCode() != 201) {
      throw RegistryFailure.unexpected("PUT", address, response);
    }
  }

  /** All tags of the repository, in the registry's order. */
  public List<String> tags() throws IOException {
    List<String> tags = new java.util.ArrayList<>();
    URI address = address("/tags/list?n=" + TAGS_A_PAGE);
    for (int page = 0; page < PAGES; page++) {
      HttpResponse<byte[]> response = exchange.bytes(exchange.request(address).GET());
      switch (response.statusCode()) {
        case 200 -> tags.addAll(RegistryAnswers.tags(response.body()));
        case 401, 403, 404 -> throw RegistryFailure.denied("pull", repository, response);
        default -> throw RegistryFailure.unexpected("GET", address, response);
      }
      String link = response.headers().firstValue("Link").orElse("");
      int start = link.indexOf('<');
      int end = link.indexOf('>');
      if (start < 0 || end < start || !link.contains("rel=\"next\"")) {
        return tags;
      }
      address = address.resolve(link.substring(start + 1, end));
    }
    return tags;
  }

  private URI address(String path) {
    return URI.create(base + path);
  }
}
