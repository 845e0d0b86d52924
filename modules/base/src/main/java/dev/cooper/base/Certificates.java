package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where distributions keep the certificates that TLS libraries trust. */
final class Certificates {
  private static final List<String> BUNDLES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/ssl/cert.pem",
          "/var/lib/ca-certificates/ca-bundle.pem");

  /** Where Debian's OpenSSL looks: for a folder, and for a file that not every release has. */
  private static final String FOLDER = "/usr/lib/ssl/certs";

  private static final String FILE = "/usr/lib/ssl/cert.pem";

  /** OpenSSL's own folder, which leads to the bundle or to its settings. */
  private static final List<String> SETTINGS =
      List.of(
          FOLDER,
          FILE,
          "/usr/lib/ssl/openssl.cnf",
          "/etc/pki/tls/cert.pem",
          "/etc/pki/tls/openssl.cnf",
          "/etc/ssl/openssl.cnf");

  private Certificates() {}

  /** Takes what is there; answers the bundles taken, none when there is none. */
  static List<String> addTo(Gathering gathering) throws IOException {
    List<String> bundles = taken(BUNDLES, gathering);
    if (!bundles.isEmpty()) {
      List<String> settings = taken(SETTINGS, gathering);
      if (settings.contains(FOLDER) && !settings.contains(FILE)) {
        // Else OpenSSL would look in the folder only, for one file for each authority.
        gathering.link(FILE, bundles.getFirst());
      }
    }
    return bundles;
  }

  private static List<String> taken(List<String> paths, Gathering gathering) throws IOException {
    List<String> taken = new ArrayList<>();
    for (String path : paths) {
      try {
        gathering.add(path);
        taken.add(path);
      } catch (CooperException.NotFound e) {
        // Another distribution's place.
      }
    }
    return taken;
  }
}
