package dev.cooper.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;

/** Bytes to send, which may be asked for more than once: a request may have to be repeated. */
@FunctionalInterface
interface BodySource {
  InputStream open() throws IOException;

  /**
   * What sends them.
   *
   * @param size how many they are; some registries want to know beforehand
   */
  default HttpRequest.BodyPublisher publisher(long size) {
    if (size == 0) {
      return HttpRequest.BodyPublishers.noBody();
    }
    return HttpRequest.BodyPublishers.fromPublisher(
        HttpRequest.BodyPublishers.ofInputStream(
            () -> {
              try {
                return open();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }),
        size);
  }
}
