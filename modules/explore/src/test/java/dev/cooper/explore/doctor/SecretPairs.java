package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.FindingPair.inLayer;
import static dev.cooper.explore.doctor.FindingPair.inNoLayer;

import dev.cooper.explore.MadeImage;
import dev.cooper.image.layer.TarEntry;
import java.util.List;

/** Images with secrets in them, and the nearest with none. */
final class SecretPairs {
  private static final String KEY =
      "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n";
  private static final String PUBLIC =
      "-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----\n";

  private SecretPairs() {}

  static List<FindingPair> secret() {
    return List.of(
        pair("srv/tls.key", "a private key, not a public one", KEY, PUBLIC),
        inLayer(
            1,
            "/srv/other",
            "a key that is left under its other name",
            twoNames().layer("RUN rm", SecretPairs::rm),
            twoNames().layer("RUN rm", l -> rm(l).remove("srv/other"))),
        pair("etc/ssh/ssh_host_rsa_key", "a host's key", KEY, "made by ssh-keygen -A\n"),
        pair(
            "srv/notes.pem",
            "a key, not talk of one",
            KEY,
            "paste what stands after -----BEGIN PRIVATE KEY to here\n"),
        pair(
            "app/.env",
            "a password, not its place",
            "DB_PASSWORD=hunter22\n",
            "DB_PASSWORD=${DB}\n"),
        pair(
            "root/.docker/config.json",
            "a registry's password, not a helper's name",
            "{\"auths\":{\"x\":{\"auth\":\"dXNlcjpwYXNz\"}}}",
            "{\"credsStore\":\"secretservice\",\"auths\":{\"x\":{}}}"));
  }

  private static FindingPair pair(String path, String what, String sick, String sound) {
    return inLayer(
        1,
        "/" + path,
        what,
        base().layer("COPY", l -> l.file(path, sick)),
        base().layer("COPY", l -> l.file(path, sound)));
  }

  static List<FindingPair> secretInLowerLayer() {
    return List.of(
        inLayer(
            1,
            "/srv/tls.key",
            "removed too late",
            base().layer("COPY", l -> l.file("srv/tls.key", KEY)).layer("RUN rm", SecretPairs::rm),
            // Removed in the step that made it: no layer has it.
            base().layer("RUN use && rm", SecretPairs::rm)),
        inLayer(
            1,
            "/srv/tls.key",
            "replaced",
            base()
                .layer("COPY", l -> l.file("srv/tls.key", KEY))
                .layer("COPY", l -> l.file("srv/tls.key", PUBLIC)),
            base().layer("COPY", l -> l.file("srv/tls.key", KEY))),
        inLayer(
            1,
            "/srv/tls.key",
            "both of its names removed",
            twoNames().layer("RUN rm", l -> rm(l).remove("srv/other")),
            twoNames().layer("RUN rm", SecretPairs::rm)));
  }

  private static MadeImage twoNames() {
    return base()
        .layer(
            "COPY",
            l -> l.file("srv/tls.key", KEY).entry(TarEntry.hardLink("srv/other", "srv/tls.key")));
  }

  private static MadeImage.Layer rm(MadeImage.Layer layer) {
    return layer.remove("srv/tls.key");
  }

  static List<FindingPair> secretInConfig() {
    return List.of(
        inNoLayer(
            "",
            "a value, not a file's name",
            env("DB_PASSWORD=hunter22"),
            env("DB_PASSWORD_FILE=/run/db")),
        inNoLayer(
            "", "a value, not a path", env("API_TOKEN=abcdefgh"), env("API_TOKEN=/run/token")),
        inNoLayer("", "a password, not a switch", env("PASSWORD=hunter22"), env("PASSWORD=true")),
        inNoLayer(
            "",
            "an access key, not a fingerprint",
            env("ACCESS_KEY=0123456789"),
            env("GPG_KEY=A035C8C19219BA82")),
        inNoLayer(
            "",
            "a token whatever its name",
            env("X=ghp_" + "a".repeat(36)),
            env("X=ghp_" + "a".repeat(5))),
        inNoLayer(
            "",
            "a build argument that RUN kept",
            base().step("RUN |2 A=1 NPM_TOKEN=abcdefgh /bin/sh -c npm install # buildkit"),
            base().step("RUN /bin/sh -c NPM_TOKEN=$(cat /run/secrets/npm) npm install # buildkit")),
        inNoLayer(
            "",
            "a build argument after one whose value has blanks and slashes",
            base().step("|2 DIRS=/a /b API_TOKEN=abcdefghij /bin/sh -c make"),
            base().step("|1 DIRS=/a /bin/sh -c API_TOKEN=abcdefghij make")),
        inNoLayer(
            "",
            "a build argument, not an option of the command",
            base().step("RUN |1 A_PASSWORD=hunter22 bash -c login"),
            base().step("RUN |1 A=x bash -c login --password=hunter22")),
        inNoLayer(
            "",
            "what looks like an argument within a value",
            base().step("|2 FLAGS=-O2 CC=gcc API_TOKEN=abcdefghij /bin/sh -c make"),
            base().step("|2 FLAGS=-O2 CC=gcc /bin/sh -c API_TOKEN=abcdefghij make")),
        inNoLayer(
            "",
            "a passphrase of several words",
            base().step("|2 A_PASSPHRASE=a b c d B=x /bin/sh -c make"),
            base().step("|2 A_PASSPHRASE=a B=x b c d /bin/sh -c make")));
  }

  private static MadeImage env(String variable) {
    return base().config(c -> c.withConfig(c.config().withEnv(List.of("PATH=/bin", variable))));
  }
}
