package dev.cooper.base;

import java.util.List;

/** What of a user's home is not an image's, by paths from there; a part may hold one {@code *}. */
final class HomeFiles {
  static final List<String> CACHES = List.of(".cache", ".npm", ".m2/repository");

  static final List<String> IMAGES =
      List.of(
          ".local/share/containers",
          ".local/share/docker",
          ".local/share/cooper",
          ".local/share/libvirt");

  /** Secrets by names that mean something else in other places. */
  static final List<String> SECRETS_OF_HOMES =
      List.of(
          ".docker",
          "snap/brave",
          "snap/chromium",
          "snap/firefox",
          "snap/signal-desktop",
          "snap/thunderbird");

  /** Secrets by names that mean nothing else, each beginning with a dot. */
  static final List<String> SECRETS =
      List.of(
          ".ssh",
          ".gnupg",
          ".password-store",
          ".age",
          ".config/age",
          ".config/sops",
          ".local/share/keyrings",
          ".local/share/kwalletd",
          ".pki",
          ".aws",
          ".azure",
          ".kube",
          ".docker/config.json",
          ".docker/machine",
          ".docker/trust",
          ".dockercfg",
          ".oci",
          ".config/containers",
          ".config/doctl",
          ".config/gcloud",
          ".config/gh",
          ".config/glab-cli",
          ".config/git/credentials",
          ".config/hcloud/cli.toml",
          ".config/hub",
          ".config/op",
          ".config/rclone",
          ".netrc",
          ".authinfo*",
          ".git-credentials",
          ".npmrc",
          ".yarnrc.yml",
          ".pypirc",
          ".cargo/credentials*",
          ".gem/credentials",
          ".composer/auth.json",
          ".config/composer/auth.json",
          ".gradle/gradle.properties",
          ".m2/settings*.xml",
          ".claude/.credentials.json",
          ".erlang.cookie",
          ".terraform.d",
          ".terraformrc",
          ".databrickscfg",
          ".kaggle",
          ".huggingface",
          ".s3cfg",
          ".boto",
          ".fly",
          ".pgpass",
          ".my.cnf",
          ".mylogin.cnf",
          ".smbcredentials",
          ".vault-token",
          ".mozilla",
          ".config/mozilla",
          ".librewolf",
          ".thunderbird",
          ".config/chromium",
          ".config/google-chrome*",
          ".config/BraveSoftware",
          ".config/microsoft-edge*",
          ".config/opera*",
          ".config/vivaldi*",
          ".config/Signal*",
          ".var/app/com.brave.Browser",
          ".var/app/com.google.Chrome",
          ".var/app/org.chromium.Chromium",
          ".var/app/org.mozilla.*",
          ".var/app/org.signal.Signal",
          ".config/pulse/cookie",
          ".ICEauthority",
          ".Xauthority");

  /** What a user typed or looked at. */
  static final List<String> HISTORIES =
      List.of(
          ".*_history",
          ".*-history",
          ".histfile",
          ".zhistory",
          ".local/share/fish",
          ".local/state/*_history",
          ".lesshst",
          ".viminfo",
          ".wget-hsts");

  private HomeFiles() {}
}
