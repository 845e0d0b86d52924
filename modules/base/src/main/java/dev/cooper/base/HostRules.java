package dev.cooper.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  private static final String MAIL = "users' mail";
  private static final String HISTORY = "what a user typed";

  /** What packages brought, and nobody's own. */
  private static final String PROGRAMS = "usr";

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

  /** By the first part of their paths, so that most files of a system meet none. */
  private final Map<String, List<Rule>> rules = new HashMap<>();

  /** Of what is a secret wherever it lies: a home may be anywhere, and so may a copy of one. */
  private final List<Rule> anywhere = new ArrayList<>();

  /**
   * The rules of a system.
   *
   * @param homes the users' home directories as the system's real paths, without a leading slash;
   *     parts of the path may hold one {@code *}
   */
  HostRules(Collection<String> homes) {
    system();
    secrets();
    homes.forEach(this::home);
    HomeFiles.SECRETS.forEach(path -> anywhere.add(rule(Effect.LEAVE_OUT, SECRET, path)));
    HomeFiles.HISTORIES.forEach(path -> anywhere.add(rule(Effect.LEAVE_OUT, HISTORY, path)));
  }

  /** The first rule that a path meets; empty when it is as any other. */
  Optional<Rule> find(List<String> path) {
    for (Rule rule : rules.getOrDefault(path.getFirst(), List.of())) {
      if (rule.matches(path)) {
        return Optional.of(rule);
      }
    }
    return path.getFirst().equals(PROGRAMS) ? Optional.empty() : findAnywhere(path);
  }

  /** All such names begin with a dot. */
  private Optional<Rule> findAnywhere(List<String> path) {
    for (int i = 0; i < path.size(); i++) {
      if (path.get(i).startsWith(".")) {
        List<String> end = path.subList(i, path.size());
        for (Rule rule : anywhere) {
          if (rule.matches(end)) {
            return Optional.of(rule);
          }
        }
      }
    }
    return Optional.empty();
  }

  private void system() {
    add(Effect.EMPTY, KERNEL, "proc", "sys", "dev");
    add(Effect.EMPTY, RUNNING, "run");
    add(Effect.EMPTY, TEMPORARY, "tmp", "var/tmp");
    add(Effect.LEAVE_OUT, RUNNING, ".dockerenv", "lost+found", "swapfile", "swap.img");
    add(Effect.NO_FILES, CACHE, "var/cache", "var/lib/apt/lists");
    add(Effect.NO_FILES, LOGS, "var/log", "var/crash", "var/lib/systemd/coredump");
    add(
        Effect.EMPTY,
        IMAGES,
        "var/lib/docker",
        "var/lib/containers",
        "var/lib/containerd",
        "var/lib/cooper",
        "var/lib/lxc",
        "var/lib/lxd",
        "var/lib/incus",
        "var/lib/machines",
        "var/lib/libvirt/images");
    add(
        Effect.LEAVE_OUT,
        MACHINE,
        "etc/hostname",
        "etc/hostid",
        "etc/resolv.conf",
        "etc/fstab",
        "etc/crypttab",
        "etc/mtab",
        "etc/adjtime",
        "etc/iscsi/initiatorname.iscsi",
        "etc/nvme/hostid",
        "etc/nvme/hostnqn",
        "etc/udev/rules.d/70-persistent-net.rules",
        "var/lib/dbus/machine-id",
        "var/lib/systemd/random-seed",
        "var/lib/urandom/random-seed");
    add(Effect.EMPTY, MACHINE, "var/lib/cloud", "var/lib/dhcp", "var/lib/NetworkManager");
    add(Effect.EMPTY_FILE, MACHINE, "etc/machine-id");
  }

  private void secrets() {
    add(Effect.NO_PASSWORDS, SECRET, "etc/shadow", "etc/gshadow");
    add(
        Effect.LEAVE_OUT,
        SECRET,
        "etc/shadow-",
        "etc/shadow.*",
        "etc/gshadow-",
        "etc/gshadow.*",
        "etc/security/opasswd",
        "var/backups/shadow.bak*",
        "var/backups/gshadow.bak*",
        "etc/.git",
        "etc/ssh/ssh_host_*",
        "etc/dropbear/*_host_key",
        "etc/munge/munge.key",
        "etc/bind/rndc.key",
        "etc/rndc.key",
        "etc/hostapd/*.conf",
        "etc/gitlab-runner/config.toml",
        "etc/letsencrypt",
        "etc/*.keytab",
        "etc/*.secret",
        "etc/ipsec.secrets",
        "etc/ppp/chap-secrets",
        "etc/ppp/pap-secrets",
        "etc/apt/auth.conf",
        "etc/docker/key.json",
        "etc/kubernetes",
        "etc/mysql/debian.cnf",
        "etc/postfix/sasl_passwd*",
        "etc/exim4/passwd.client",
        "etc/ceph/*.keyring",
        "etc/wpa_supplicant/*.conf",
        "etc/netplan/*.yaml",
        "var/lib/systemd/credential.secret");
    add(
        Effect.EMPTY,
        SECRET,
        "etc/ssl/private",
        "etc/pki/tls/private",
        "etc/pki/consumer",
        "etc/pki/entitlement",
        "etc/puppet/ssl",
        "etc/puppetlabs/*/ssl",
        "etc/wireguard",
        "etc/openvpn",
        "etc/ipsec.d/private",
        "etc/swanctl/private",
        "etc/apt/auth.conf.d",
        "etc/credstore",
        "etc/credstore.encrypted",
        "etc/cryptsetup-keys.d",
        "etc/NetworkManager/system-connections",
        "etc/sssd",
        "etc/salt/pki",
        "var/lib/bluetooth",
        "var/lib/iwd",
        "var/lib/kubelet",
        "var/lib/rancher",
        "var/lib/samba/private",
        "var/lib/sss",
        "var/lib/tailscale",
        "var/lib/tor");
    add(Effect.EMPTY, MAIL, "var/mail", "var/spool/mail");
  }

  private void home(String home) {
    add(Effect.LEAVE_OUT, CACHE, below(home, HomeFiles.CACHES));
    add(Effect.LEAVE_OUT, IMAGES, below(home, HomeFiles.IMAGES));
    add(Effect.LEAVE_OUT, SECRET, below(home, HomeFiles.SECRETS_OF_HOMES));
    add(Effect.LEAVE_OUT, SECRET, below(home, HomeFiles.SECRETS));
    add(Effect.LEAVE_OUT, HISTORY, below(home, HomeFiles.HISTORIES));
  }

  private static String[] below(String home, List<String> paths) {
    return paths.stream().map(path -> home + "/" + path).toArray(String[]::new);
  }

  private void add(Effect effect, String why, String... paths) {
    for (String path : paths) {
      Rule rule = rule(effect, why, path);
      rules.computeIfAbsent(rule.parts().getFirst(), part -> new ArrayList<>()).add(rule);
    }
  }

  private static Rule rule(Effect effect, String why, String path) {
    return new Rule(List.of(path.split("/")), effect, why);
  }
}
