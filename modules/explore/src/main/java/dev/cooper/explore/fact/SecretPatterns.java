package dev.cooper.explore.fact;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells files that should not be in an image: keys, passwords, tokens. */
public final class SecretPatterns {
  /** Larger files are no credentials. */
  static final int MAX_SIZE = 64 << 10;

  /** Longer lines, in characters, are no settings that someone wrote. */
  private static final int MAX_LINE = 4 << 10;

  /** A shorter value is a choice among few. */
  private static final int MIN_SECRET = 4;

  private static final Set<String> SWITCHES =
      Set.of("true", "false", "none", "null", "disabled", "enabled", "optional", "required");

  private static final Set<String> KEY_NAMES =
      Set.of("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk");
  private static final Set<String> NAMES =
      Set.of(
          "credentials",
          ".netrc",
          "_netrc",
          ".npmrc",
          ".pypirc",
          ".git-credentials",
          ".dockercfg",
          "config.json",
          ".env",
          ".pgpass",
          ".my.cnf",
          "kubeconfig",
          "terraform.tfstate",
          "application_default_credentials.json",
          ".htpasswd",
          ".boto",
          ".s3cfg");

  private static final Pattern TOKEN =
      Pattern.compile(
          "AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50}"
              + "|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{10}|sk_live_[A-Za-z0-9]{20}"
              + "|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN (?:[A-Z0-9]++ ){0,3}PRIVATE KEY-----");

  /** The last part of a variable's name; what names a file that has the secret is fine. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i)(.*[_-])?(secret|passwd|password|passphrase|pwd|token|credentials?"
              + "|(api|access|private|secret|signing|encryption)_?key)");

  /** One line; what is repeated is never given back, so that a long line takes no longer. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)[ \\t]*+(?:export[ \\t]++)?+[\\w.:/-]*"
              + "(?:secret|passwd|password|token|api_?key|access_?key|_auth)\\w*+[ \\t]*+[=:]"
              + "[ \\t]*+[\"']?+[^\\s\"'${<]{8}");

  private static final Pattern REGISTRY = Pattern.compile("\"auth\"\\s*:\\s*\"[^\"]{8,}\"");

  private SecretPatterns() {}

  /** Whether a file of this name and size is worth reading. */
  public static boolean isCandidate(String path, long size) {
    if (size == 0 || size > MAX_SIZE) {
      return false;
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    String lower = name.toLowerCase(Locale.ROOT);
    return KEY_NAMES.contains(name)
        || name.startsWith("ssh_host_") && name.endsWith("_key")
        || NAMES.contains(lower)
        || lower.startsWith(".env.")
        || lower.endsWith(".pem")
        || lower.endsWith(".key")
        || lower.endsWith(".env")
        || lower.endsWith(".ppk");
  }

  /** What is in a file that {@link #isCandidate} named. */
  public static Optional<String> find(String path, byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (PRIVATE_KEY.matcher(text).find() || text.startsWith("PuTTY-User-Key-File")) {
      return Optional.of("private key");
    }
    if (TOKEN.matcher(text).find()) {
      return Optional.of("access token");
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.equals("config.json") || name.equals(".dockercfg")) {
      return REGISTRY.matcher(text).find() ? Optional.of("registry password") : Optional.empty();
    }
    if (name.equals(".netrc") || name.equals("_netrc")) {
      return text.contains("password") ? Optional.of("password") : Optional.empty();
    }
    if (name.equals(".git-credentials") || name.equals(".pgpass") || name.equals(".htpasswd")) {
      return Optional.of("password");
    }
    boolean setting =
        text.lines()
            .anyMatch(line -> line.length() <= MAX_LINE && SETTING.matcher(line).lookingAt());
    return setting ? Optional.of("password or key") : Optional.empty();
  }

  /** Whether a variable of this name and value is a secret, rather than where one is. */
  public static boolean isSecret(String name, String value) {
    if (TOKEN.matcher(value).find() || PRIVATE_KEY.matcher(value).find()) {
      return true;
    }
    return SECRET_NAME.matcher(name).matches()
        && value.length() >= MIN_SECRET
        && !value.startsWith("/")
        && !value.startsWith("$")
        && !name.equals("PWD")
        && !name.equals("OLDPWD")
        && !SWITCHES.contains(value.toLowerCase(Locale.ROOT));
  }
}
