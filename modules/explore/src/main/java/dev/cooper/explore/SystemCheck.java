package dev.cooper.explore;

import dev.cooper.image.layer.EntryType;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What programs expect of a system: certificates, a place for temporary files, sane permissions.
 */
final class SystemCheck {
  private static final List<String> CERTIFICATES =
      List.of(
          "etc/ssl/certs/ca-certificates.crt",
          "etc/pki/tls/certs/ca-bundle.crt",
          "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "etc/ssl/ca-bundle.pem",
          "etc/ssl/cert.pem",
          "var/lib/ca-certificates/ca-bundle.pem");
  private static final Pattern TLS_LIBRARY =
      Pattern.compile("lib(ssl|gnutls|wolfssl|mbedtls|nss3|s2n|curl|curl-gnutls|curl-nss)\\.so.*");

  /** What makes clients of the programs of an interpreter: Python's, Perl's and Ruby's modules. */
  private static final Pattern TLS_MODULE =
      Pattern.compile("_ssl[.].*so|_ssl[.]so|SSLeay[.]so|openssl[.]so");

  private static final List<String> TLS_CLIENTS = List.of("curl", "wget", "git");

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
          "slapd",
          "stunnel4",
          "lighttpd");

  /** apt's methods: Debian's own sources are plain HTTP, signed. */
  private static final String APT = "usr/lib/apt/";

  private final ImageFiles files;
  private final FileTree tree;
  private final Doctor.Findings findings;

  SystemCheck(ImageFiles files, Doctor.Findings findings) {
    this.files = files;
    this.tree = files.tree();
    this.findings = findings;
  }

  void check() {
    FileNode client = null;
    boolean programs = false;
    for (FileNode node : tree.walk()) {
      permissions(node);
      if (node.isFile() && client == null && isClient(node)) {
        client = node;
      }
      programs |= node.isFile() && (node.entry().mode() & 0111) != 0;
    }
    if (client != null && CERTIFICATES.stream().allMatch(path -> tree.resolve(path) == null)) {
      findings.warning(
          "no-ca-certificates",
          client,
          "it speaks TLS, but the image has no certificates to trust: every HTTPS connection fails",
          "install the package ca-certificates, or COPY /etc/ssl/certs/ca-certificates.crt");
    }
    if (programs) {
      temporary();
    }
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
      return true;
    }
    for (Fact fact : files.facts(node)) {
      if (fact instanceof Fact.TlsClient
          || fact instanceof Fact.Binary binary
              && binary.elf().isProgram()
              && binary.elf().needed().stream().anyMatch(n -> TLS_LIBRARY.matcher(n).matches())) {
        return true;
      }
    }
    return false;
  }

  private void temporary() {
    FileNode tmp = tree.resolve("tmp");
    if (tmp == null) {
      findings.add(
          Finding.Severity.WARNING,
          "no-tmp",
          "/tmp",
          "it is not in the image: programs that make temporary files fail",
          "RUN mkdir -m 1777 /tmp, or run with --tmpfs /tmp");
    } else if (tmp.isDirectory() && (tmp.entry().mode() & 01777) != 01777) {
      findings.warning(
          "tmp-mode",
          tmp,
          String.format(
              Locale.ROOT,
              "it has mode %04o: users other than its owner cannot make files in it safely",
              tmp.entry().mode()),
          "RUN chmod 1777 /tmp");
    }
  }

  private void permissions(FileNode node) {
    int mode = node.entry().mode();
    if (node.type() == EntryType.SYMLINK || node.layer() == FileNode.IMPLIED) {
      return;
    }
    if (node.isFile() && (mode & 06000) != 0 && (mode & 0111) != 0) {
      findings.add(
          Finding.Severity.NOTE,
          "set-id",
          node,
          String.format(
              Locale.ROOT,
              "runs as %s whoever starts it (mode %04o)",
              (mode & 04000) != 0 ? "user " + node.entry().uid() : "group " + node.entry().gid(),
              mode),
          "chmod a-s it unless it is needed, or run with --security-opt no-new-privileges");
    }
    boolean sticky = node.isDirectory() && (mode & 01000) != 0;
    if ((node.isFile() || node.isDirectory()) && (mode & 0002) != 0 && !sticky) {
      findings.warning(
          "world-writable",
          node,
          String.format(Locale.ROOT, "everybody may change it (mode %04o)", mode),
          node.isDirectory() ? "chmod o-w it, or +t as /tmp has" : "chmod o-w it");
    }
  }
}
