package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.FindingPair.inLayer;
import static dev.cooper.explore.doctor.FindingPair.inNoLayer;

import dev.cooper.explore.MadeImage;
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
            base().layer("COPY", l -> l.file("srv/tls.key", KEY))));
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
            base()
                .step("RUN /bin/sh -c NPM_TOKEN=$(cat /run/secrets/npm) npm install # buildkit")));
  }

  private static MadeImage env(String variable) {
    return base().config(c -> c.withConfig(c.config().withEnv(List.of("PATH=/bin", variable))));
  }
}
