package dev.cooper.explore.doctor;

import dev.cooper.explore.ImageFiles;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.List;
import java.util.regex.Pattern;

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

  /** Variables by which OpenSSL, Go, curl and Python's libraries are told of certificates. */
  private static final List<String> VARIABLES =
      List.of("SSL_CERT_FILE=", "SSL_CERT_DIR=", "CURL_CA_BUNDLE=", "REQUESTS_CA_BUNDLE=");

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

  /** BusyBox is known by its many names; its wget does not look at certificates. */
  private static final int MANY_NAMES = 8;

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
    if (client != null && !hasCertificates()) {
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
      if (tree.resolve(path) != null) {
        return true;
      }
    }
    for (String variable : config.env()) {
      for (String name : VARIABLES) {
        if (variable.startsWith(name)
            && variable.length() > name.length()
            && tree.resolve(variable.substring(name.length())) != null) {
          return true;
        }
      }
    }
    return false;
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
      return node.linkCount() <= MANY_NAMES;
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
