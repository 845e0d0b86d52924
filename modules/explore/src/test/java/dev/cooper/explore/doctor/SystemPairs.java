package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.FindingPair.inLayer;
import static dev.cooper.explore.doctor.FindingPair.inNoLayer;

import dev.cooper.explore.MadeImage;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.TarEntry;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

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
            bundle("opt/ca.pem", "-----BEGIN").config(env("SSL_CERT_FILE=/opt/ca.pem"))),
        inLayer(
            1,
            "/usr/bin/curl",
            "the bundle is empty",
            bundle("etc/ssl/certs/ca-certificates.crt", ""),
            bundle("etc/ssl/certs/0a1b2c3d.0", "-----BEGIN")),
        inLayer(
            1,
            "/usr/bin/curl",
            "a file in the folder, but under no hash",
            bundle("etc/ssl/certs/README", "none here"),
            bundle("more/README", "-----BEGIN").config(env("SSL_CERT_DIR=/none:/more"))),
        inLayer(
            1,
            "/usr/bin/curl",
            "a folder of nothing",
            bundle("more/empty.pem", "").config(env("SSL_CERT_DIR=/none:/more")),
            bundle("certs/a.pem", "-----BEGIN").config(env("SSL_CERT_DIR=/certs"))),
        inLayer(
            1,
            "/usr/bin/curl",
            "a variable leads away from the system's bundle to nothing",
            bundle("etc/ssl/cert.pem", "-----BEGIN").config(env("SSL_CERT_FILE=/gone")),
            bundle("etc/ssl/cert.pem", "-----BEGIN").config(env("SSL_CERT_FILE="))),
        inLayer(
            1,
            "/usr/bin/curl",
            "a file that is given when the container runs is not in the image's own folders",
            bundle("etc/ssl/cert.pem", "-----BEGIN").config(env("SSL_CERT_FILE=/srv/ca.pem")),
            bundle("etc/ssl/cert.pem", "-----BEGIN").config(env("SSL_CERT_FILE=/run/ca.pem"))),
        inLayer(1, "/bin/wget", "a wget of its own", wget("x", 20), wget("busybox", 1)),
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
                .config(c -> c.withConfig(c.config().withVolumes(Set.of("/tmp"))))),
        inNoLayer("/tmp", "a volume below it", volume("/tmp/x/"), volume("/tmp/")),
        inNoLayer("/tmp", "a volume of another name", volume("/tmp/.."), volume("//tmp/.")));
  }

  private static MadeImage volume(String path) {
    return new MadeImage()
        .layer("COPY", l -> l.program("app", RUNS))
        .config(c -> c.withConfig(c.config().withVolumes(Set.of(path))));
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

  private static MadeImage bundle(String path, String content) {
    return curl().layer("COPY", l -> l.file(path, content));
  }

  private static UnaryOperator<ImageConfig> env(String variable) {
    return c -> c.withConfig(c.config().withEnv(List.of(variable)));
  }

  /** A program with one more name, so many times; BusyBox's wget looks at no certificates. */
  private static MadeImage wget(String name, int names) {
    return base()
        .layer(
            "COPY",
            l -> {
              l.program("bin/wget", RUNS);
              for (int i = 0; i < names; i++) {
                l.entry(TarEntry.hardLink("bin/" + name + (i == 0 ? "" : "-" + i), "bin/wget"));
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
