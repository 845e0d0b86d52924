package dev.cooper.base;

import java.util.ArrayList;
import java.util.List;

/**
 * What of a running system is not an image's: what the kernel or a boot makes anew, what can be
 * fetched again, what tells machines apart, and secrets.
 */
final class HostRules {
  private static final String KERNEL = "made by the kernel";
  private static final String RUNNING = "of the running system";
  private static final String TEMPORARY = "temporary files";
  private static final String CACHE = "a cache";
  private static final String LOGS = "logs";
  private static final String MACHINE = "tells this machine from others";
  private static final String IMAGES = "images and containers";
  private static final String SECRET = "secrets";
  private static final String HISTORY = "what a user typed";

  /** What a rule does to what it matches. */
  enum Effect {
    LEAVE_OUT,
    /** The directory stays, empty. */
    EMPTY,
    /** Directories stay, with no files in them. */
    NO_FILES,
    /** The file stays, empty. */
    EMPTY_FILE,
    /** The file stays, without its passwords. */
    NO_PASSWORDS
  }

  /**
   * One rule.
   *
   * @param parts of the path; each may hold one {@code *}
   */
  record Rule(List<String> parts, Effect effect, String why) {
    /** How much of a path the rule matches: all, or what lies below. */
    boolean matches(List<String> path) {
      boolean below = effect == Effect.NO_FILES && path.size() > parts.size();
      if (!below && path.size() != parts.size()) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        if (!matches(parts.get(i), path.get(i))) {
          return false;
        }
      }
      return true;
    }

    private static boolean matches(String pattern, String name) {
      int star = pattern.indexOf('*');
      return star < 0
          ? pattern.equals(name)
          : name.length() >= pattern.length() - 1
              && name.startsWith(pattern.substring(0, star))
              && name.endsWith(pattern.substring(star + 1));
    }
  }

  static final List<Rule> ALL = rules();

  private HostRules() {}

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    add(rules, Effect.EMPTY, KERNEL, "proc", "sys", "dev");
    add(rules, Effect.EMPTY, RUNNING, "run");
    add(rules, Effect.EMPTY, TEMPORARY, "tmp", "var/tmp");
    add(rules, Effect.LEAVE_OUT, RUNNING, ".dockerenv", "lost+found", "swapfile", "swap.img");
    add(rules, Effect.NO_FILES, CACHE, "var/cache", "var/lib/apt/lists");
    add(rules, Effect.NO_FILES, LOGS, "var/log");
    add(
        rules,
        Effect.EMPTY,
        IMAGES,
        "var/lib/docker",
        "var/lib/containers",
        "var/lib/containerd",
        "var/lib/cooper");
    add(
        rules,
        Effect.LEAVE_OUT,
        MACHINE,
        "etc/hostname",
        "etc/resolv.conf",
        "etc/fstab",
        "etc/mtab",
        "etc/adjtime",
        "var/lib/dbus/machine-id",
        "var/lib/systemd/random-seed",
        "var/lib/systemd/credential.secret");
    add(rules, Effect.EMPTY_FILE, MACHINE, "etc/machine-id");
    add(rules, Effect.NO_PASSWORDS, SECRET, "etc/shadow", "etc/gshadow");
    add(
        rules,
        Effect.LEAVE_OUT,
        SECRET,
        "etc/shadow-",
        "etc/gshadow-",
        "etc/ssh/ssh_host_*",
        "etc/letsencrypt",
        "etc/krb5.keytab",
        "var/lib/NetworkManager/secret_key");
    add(
        rules,
        Effect.EMPTY,
        SECRET,
        "etc/ssl/private",
        "etc/pki/tls/private",
        "etc/wireguard",
        "etc/NetworkManager/system-connections");
    for (String home : List.of("root", "home/*")) {
      add(
          rules,
          Effect.LEAVE_OUT,
          CACHE,
          home + "/.cache",
          home + "/.npm",
          home + "/.m2/repository");
      add(
          rules,
          Effect.LEAVE_OUT,
          IMAGES,
          home + "/.local/share/containers",
          home + "/.local/share/docker",
          home + "/.local/share/cooper");
      add(
          rules,
          Effect.LEAVE_OUT,
          SECRET,
          home + "/.ssh",
          home + "/.gnupg",
          home + "/.aws",
          home + "/.azure",
          home + "/.kube",
          home + "/.docker",
          home + "/.config/gcloud",
          home + "/.config/gh",
          home + "/.netrc",
          home + "/.git-credentials",
          home + "/.npmrc",
          home + "/.pypirc",
          home + "/.pgpass",
          home + "/.my.cnf",
          home + "/.vault-token",
          home + "/.Xauthority");
      add(
          rules,
          Effect.LEAVE_OUT,
          HISTORY,
          home + "/.*_history",
          home + "/.lesshst",
          home + "/.viminfo");
    }
    return List.copyOf(rules);
  }

  private static void add(List<Rule> rules, Effect effect, String why, String... paths) {
    for (String path : paths) {
      rules.add(new Rule(List.of(path.split("/")), effect, why));
    }
  }
}
