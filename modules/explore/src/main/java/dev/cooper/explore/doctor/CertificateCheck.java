package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether TLS clients have certificates to trust. */
final class CertificateCheck {
  private static final List<String> CERTIFICATES =
      List.of(
          "etc/ssl/certs/ca-certificates.crt",
          "etc/pki/tls/certs/ca-bundle.crt",
          "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "etc/ssl/ca-bundle.pem",
          "etc/ssl/cert.pem",
          "var/lib/ca-certificates/ca-bundle.pem");

  /** Folders in which OpenSSL finds certificates by the hash of their names. */
  private static final List<String> FOLDERS = List.of("etc/ssl/certs", "etc/pki/tls/certs");

  private static final Pattern HASHED = Pattern.compile("[0-9a-f]{8}\\.[0-9]+");

  private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);

  /** Variables by which OpenSSL, Go, curl and Python's libraries are told of a file. */
  private static final List<String> FILE_VARIABLES =
      List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE");

  private static final Pattern TLS_LIBRARY =
      Pattern.compile("lib(ssl|gnutls|wolfssl|mbedtls|nss3|s2n|curl|curl-gnutls|curl-nss)\\.so.*");

  /** What makes clients of the programs of an interpreter: Python's, Perl's and Ruby's modules. */
  private static final Pattern TLS_MODULE =
      Pattern.compile("_ssl[.].*so|_ssl[.]so|SSLeay[.]so|openssl[.]so");

  private static final List<String> TLS_CLIENTS = List.of("curl", "wget", "git", "apk");

  /** They link a TLS library to be connected to, or check certificates only when asked to. */
  private static final List<String> NO_CLIENTS =
      List.of(
          "openssl",
          "nginx",
          "apache2",
          "httpd",
          "haproxy",
          "postgres",
          "mysqld",
          "mariadbd",
          "redis-server",
          "valkey-server",
          "memcached",
          "mosquitto",
          "slapd",
          "stunnel4",
          "lighttpd");

  /** apt's methods: Debian's own sources are plain HTTP, signed. */
  private static final String APT = "usr/lib/apt/";

  private final ContainerConfig config;
  private final ImageFiles files;
  private final FileTree tree;
  private final StartedPrograms started;
  private final Doctor.Findings findings;

  CertificateCheck(
      ContainerConfig config, ImageFiles files, StartedPrograms started, Doctor.Findings findings) {
    this.config = config;
    this.files = files;
    this.tree = files.tree();
    this.started = started;
    this.findings = findings;
  }

  void check() {
    FileNode client = null;
    int clients = 0;
    for (FileNode node : tree.walk()) {
      if (node.isFile()) {
        if (isClient(node)) {
          clients++;
          client = client == null || started.contains(node) ? node : client;
        }
        if (node.name().equals("libjvm.so")) {
          java(node);
        }
      }
    }
    if (client == null) {
      return;
    }
    String astray = astray();
    if (!astray.isEmpty()) {
      findings.warning(
          FindingKind.NO_CA_CERTIFICATES,
          client,
          "it speaks TLS, but "
              + astray
              + ", which holds no certificates in the image: HTTPS fails for all that trust only"
              + " what that variable names",
          "COPY the certificates there, or let the variable name the file where they are");
    } else if (!hasCertificates()) {
      findings.warning(
          FindingKind.NO_CA_CERTIFICATES,
          client,
          "it speaks TLS, but the image has no certificates to trust: every HTTPS connection fails"
              + (clients == 1 ? "" : "; so do those of " + (clients - 1) + " more"),
          "install the package ca-certificates, or COPY /etc/ssl/certs/ca-certificates.crt");
    }
  }

  private boolean hasCertificates() {
    for (String path : CERTIFICATES) {
      if (isFilled(tree.resolve(path))) {
        return true;
      }
    }
    for (String path : FOLDERS) {
      if (holds(path, HASHED)) {
        return true;
      }
    }
    for (String folder : variable("SSL_CERT_DIR").split(":")) {
      if (!folder.isEmpty() && holds(folder, ANY)) {
        return true;
      }
    }
    // Those that lead astray have been told of.
    return FILE_VARIABLES.stream().anyMatch(name -> !variable(name).isEmpty());
  }

  /**
   * The first variable that names a file or folder without certificates, as {@code NAME is PATH};
   * empty when none does. What is mounted when the container runs cannot be in the image.
   */
  private String astray() {
    for (String name : FILE_VARIABLES) {
      String path = variable(name);
      boolean folder = !name.equals("SSL_CERT_FILE") && holds(path, ANY);
      if (!path.isEmpty() && !folder && !isFilled(tree.resolve(path)) && !isMounted(path)) {
        return name + " is " + VisibleText.of(path);
      }
    }
    return "";
  }

  private boolean isMounted(String path) {
    return path.startsWith("/run/")
        || path.startsWith("/var/run/")
        || config.volumes().stream()
            .anyMatch(volume -> path.startsWith(volume.endsWith("/") ? volume : volume + "/"));
  }

  /** What the image sets a variable to; empty when it does not. */
  private String variable(String name) {
    for (String variable : config.env()) {
      if (variable.startsWith(name + "=")) {
        return variable.substring(name.length() + 1);
      }
    }
    return "";
  }

  /** Whether a folder has a file of such a name that is not empty, itself or through a link. */
  private boolean holds(String path, Pattern name) {
    FileNode folder = tree.resolve(path);
    if (folder != null && folder.isDirectory()) {
      for (FileNode child : folder.children()) {
        if (name.matcher(child.name()).matches() && isFilled(tree.resolve(child.path()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isFilled(@Nullable FileNode file) {
    return file != null && file.isFile() && file.size() > 0;
  }

  /** Java has a file of its own, which distributions make a link to one that they keep. */
  private void java(FileNode machine) {
    FileNode lib = machine.parent();
    while (lib != null && !lib.name().equals("lib")) {
      lib = lib.parent();
    }
    if (lib == null) {
      return;
    }
    FileNode link = tree.lookup(store(lib));
    if (tree.resolve(store(lib)) == null) {
      findings.warning(
          FindingKind.NO_CA_CERTIFICATES,
          machine,
          "Java trusts what is in /"
              + VisibleText.of(store(lib))
              + (link != null && link.isSymlink()
                  ? ", a link to " + VisibleText.of(link.entry().linkTarget())
                  : "")
              + ", which is not in the image: every HTTPS connection fails",
          "install the package ca-certificates-java, or COPY a file cacerts there");
    }
  }

  private static String store(FileNode lib) {
    return lib.path() + "/security/cacerts";
  }

  private boolean isClient(FileNode node) {
    if (TLS_MODULE.matcher(node.name()).matches()) {
      return true;
    }
    if ((node.entry().mode() & 0111) == 0
        || NO_CLIENTS.contains(node.name())
        || node.path().startsWith(APT)) {
      return false;
    }
    if (TLS_CLIENTS.contains(node.name()) && node.path().contains("bin/")) {
      // BusyBox's wget does not look at certificates.
      return !BusyBox.is(tree, node);
    }
    // What is in sbin serves: mail, names, databases.
    boolean serves = node.path().contains("sbin/");
    for (Fact fact : files.facts(node)) {
      if (fact instanceof Fact.TlsClient
          || !serves
              && fact instanceof Fact.Binary binary
              && binary.elf().isProgram()
              && binary.elf().needed().stream().anyMatch(n -> TLS_LIBRARY.matcher(n).matches())) {
        return true;
      }
    }
    return false;
  }
}
