package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.FindingPair.inLayer;
import static dev.cooper.explore.doctor.FindingPair.inNoLayer;

import dev.cooper.explore.MadeImage;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import java.util.Set;

/** Images that lack what programs expect of a system, and the nearest that do not. */
final class SystemPairs {
  private static final String STORE = "opt/java/lib/security/cacerts";

  private SystemPairs() {}

  static List<FindingPair> noCertificates() {
    return List.of(
        inLayer(
            1,
            "/usr/bin/curl",
            "a client",
            curl(),
            curl().layer("RUN", l -> l.file("etc/ssl/certs/ca-certificates.crt", "-----BEGIN"))),
        inLayer(
            1,
            "/usr/bin/curl",
            "a variable names no file",
            curl().config(c -> c.withConfig(c.config().withEnv(List.of("SSL_CERT_FILE=/none")))),
            curl().config(c -> c.withConfig(c.config().withEnv(List.of("SSL_CERT_FILE=/tmp"))))),
        inLayer(1, "/bin/wget", "a wget of its own", wget(1), wget(20)),
        inLayer(
            1,
            "/opt/java/lib/server/libjvm.so",
            "Java's own store is a link to nothing",
            java().layer("COPY", l -> l.link(STORE, "/etc/ssl/certs/java/cacerts")),
            java().layer("COPY", l -> l.file(STORE, "store"))));
  }

  static List<FindingPair> noTmp() {
    MadeImage bare = new MadeImage().layer("COPY", l -> l.program("app", RUNS));
    return List.of(
        inNoLayer(
            "/tmp",
            "nothing there",
            bare,
            new MadeImage().layer("COPY", l -> l.file("data", "nothing runs"))),
        inLayer(
            0,
            "/tmp",
            "a link to nothing",
            new MadeImage().layer("COPY", l -> l.program("app", RUNS).link("tmp", "var/tmp")),
            new MadeImage()
                .layer(
                    "COPY",
                    l ->
                        l.program("app", RUNS)
                            .link("tmp", "var/tmp")
                            .entry(TarEntry.directory("var/tmp").withMode(01777)))),
        inLayer(
            0,
            "/tmp",
            "a file",
            new MadeImage().layer("COPY", l -> l.program("app", RUNS).file("tmp", "x")),
            new MadeImage()
                .layer("COPY", l -> l.program("app", RUNS))
                .config(c -> c.withConfig(c.config().withVolumes(Set.of("/tmp"))))));
  }

  static List<FindingPair> tmpMode() {
    return List.of(
        inLayer(0, "/tmp", "only its owner may write", tmp(0755), tmp(01777)),
        inLayer(0, "/tmp", "everybody may remove everybody's", tmp(0777), tmp(01777)));
  }

  static List<FindingPair> setId() {
    return List.of(
        inLayer(1, "/x", "set-user-id", file(04755), file(0755)),
        // Without the right to execute the bit means something else: mandatory locks.
        inLayer(1, "/x", "set-group-id", file(02755), file(02644)));
  }

  static List<FindingPair> worldWritable() {
    return List.of(
        inLayer(1, "/x", "a file", file(0666), file(0664)),
        inLayer(1, "/d", "a directory", directory(0777), directory(01777)),
        inLayer(
            1,
            "/x",
            "a file, not a link",
            file(0666),
            base().layer("RUN ln", l -> l.entry(TarEntry.symlink("x", "/tmp").withMode(0777)))));
  }

  private static MadeImage curl() {
    return base().layer("RUN apt install curl", l -> l.program("usr/bin/curl", RUNS));
  }

  /** A program with so many names; BusyBox's wget does not look at certificates. */
  private static MadeImage wget(int names) {
    return base()
        .layer(
            "COPY",
            l -> {
              l.program("bin/wget", RUNS);
              for (int i = 1; i < names; i++) {
                l.entry(TarEntry.hardLink("bin/x" + i, "bin/wget"));
              }
              return l;
            });
  }

  private static MadeImage java() {
    return base().layer("COPY java", l -> l.file("opt/java/lib/server/libjvm.so", "machine"));
  }

  private static MadeImage tmp(int mode) {
    return new MadeImage()
        .layer("ADD", l -> l.program("app", RUNS).entry(TarEntry.directory("tmp").withMode(mode)));
  }

  private static MadeImage file(int mode) {
    return base().layer("COPY", l -> l.file(TarEntry.file("x", 0).withMode(mode), RUNS));
  }

  private static MadeImage directory(int mode) {
    return base().layer("RUN mkdir", l -> l.entry(TarEntry.directory("d").withMode(mode)));
  }
}
