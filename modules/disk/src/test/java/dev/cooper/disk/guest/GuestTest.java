package dev.cooper.disk.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.disk.DiskTree;
import dev.cooper.disk.Node;
import dev.cooper.image.ContainerConfig;
import dev.cooper.image.CooperException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTest {
  private static final String KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@home";

  private final DiskTree tree = DiskTree.empty(Node.Attributes.ofRoot(0755, 1_700_000_000));

  @Test
  void systemdRunsTheCommandAsAUnit() throws IOException {
    systemd();
    ContainerConfig config =
        ContainerConfig.EMPTY
            .withEntrypoint(List.of("/usr/bin/serve"))
            .withCmd(List.of("--greeting", "50% \"off\" $HOME"))
            .withEnv(List.of("A=b c"))
            .withUser("daemon")
            .withWorkingDir("/srv");
    assertThat(prepare(config, GuestOptions.NONE)).isEmpty();
    assertThat(tree.text("etc/systemd/system/cooper-command.service"))
        .contains(
            "ExecStart=\"/usr/bin/serve\" \"--greeting\" \"50%% \\\"off\\\" $$HOME\"\n",
            "Environment=\"A=b c\"\n", "User=1\nGroup=1\n", "WorkingDirectory=-/srv\n");
    assertThat(tree.hasFile("etc/systemd/system/multi-user.target.wants/cooper-command.service"))
        .isTrue();
    assertThat(tree.text("etc/fstab")).isEqualTo("UUID=x / ext4 defaults 0 1\n");
    assertThat(tree.hasFile("etc/machine-id")).isTrue();
    assertThat(tree.text("etc/machine-id")).isEmpty();
  }

  @Test
  void shellIsNoUnit() throws IOException {
    systemd();
    prepare(ContainerConfig.EMPTY.withCmd(List.of("bash")), GuestOptions.NONE);
    assertThat(tree.hasFile("etc/systemd/system/cooper-command.service")).isFalse();
  }

  @Test
  void hostKeysOfTheImageGoAway() throws IOException {
    systemd();
    tree.putText("usr/bin/ssh-keygen", 0755, "");
    tree.putText("usr/sbin/sshd", 0755, "");
    tree.putText("etc/ssh/ssh_host_rsa_key", 0600, "everybody's");
    prepare(ContainerConfig.EMPTY, GuestOptions.NONE);
    assertThat(tree.hasFile("etc/ssh/ssh_host_rsa_key")).isFalse();
    assertThat(tree.hasFile("etc/systemd/system/cooper-host-keys.service")).isTrue();
  }

  @Test
  void hostKeysGoAwayWhereBusyboxIsInit() throws IOException {
    tree.putText("bin/busybox", 0755, "");
    tree.putLink("sbin/init", "/bin/busybox");
    tree.putText("usr/bin/ssh-keygen", 0755, "");
    tree.putText("usr/sbin/sshd", 0755, "");
    tree.putText("etc/ssh/ssh_host_ed25519_key", 0600, "everybody's");
    prepare(ContainerConfig.EMPTY, GuestOptions.NONE);
    assertThat(tree.hasFile("etc/ssh/ssh_host_ed25519_key")).isFalse();
    assertThat(tree.text(".cooper/start")).contains("ssh-keygen -A");
  }

  @Test
  void openRcRunsTheCommandAsAService() throws IOException {
    alpine();
    tree.putText("etc/init.d/networking", 0755, "");
    tree.putText("etc/init.d/hostname", 0755, "");
    ContainerConfig config =
        ContainerConfig.EMPTY
            .withEntrypoint(List.of("/usr/bin/serve", "it's"))
            .withEnv(List.of("A=b c"))
            .withWorkingDir("/srv");
    assertThat(prepare(config, GuestOptions.NONE)).isEmpty();
    assertThat(tree.text("etc/init.d/cooper-command"))
        .startsWith("#!/sbin/openrc-run\n")
        .contains("supervisor=supervise-daemon\n", "command=/.cooper/run\n");
    assertThat(tree.text(".cooper/run"))
        .contains("export A='b c'\n", "cd '/srv'", "exec '/usr/bin/serve' 'it'\\''s'\n");
    assertThat(tree.hasFile("etc/runlevels/default/cooper-command")).isTrue();
    assertThat(tree.hasFile("etc/runlevels/boot/networking")).isTrue();
    assertThat(tree.lookup("etc/runlevels/sysinit/devfs")).isNull();
    assertThat(tree.text("etc/network/interfaces")).contains("iface eth0 inet dhcp");
    assertThat(tree.text("etc/inittab"))
        .endsWith("\nttyS0::respawn:/sbin/getty -L 115200 ttyS0 vt100\n");
  }

  @Test
  void runlevelsThatAreSetUpStayAsTheyAre() throws IOException {
    alpine();
    tree.putText("etc/init.d/networking", 0755, "");
    tree.putText("etc/init.d/hostname", 0755, "");
    tree.putLink("etc/runlevels/boot/hostname", "/etc/init.d/hostname");
    tree.putText("etc/network/interfaces", 0644, "mine");
    tree.putText("etc/inittab", 0644, "::sysinit:/sbin/openrc sysinit\nttyS0::once:getty ttyS0\n");
    prepare(ContainerConfig.EMPTY.withCmd(List.of("/bin/sh")), GuestOptions.NONE);
    assertThat(tree.lookup("etc/runlevels/boot/networking")).isNull();
    assertThat(tree.lookup("etc/runlevels/default/cooper-command")).isNull();
    assertThat(tree.text("etc/network/interfaces")).isEqualTo("mine");
    assertThat(tree.text("etc/inittab")).endsWith("getty ttyS0\n");
  }

  @Test
  void newUserMayComeInByKey() throws IOException {
    systemd();
    tree.directory("etc/sudoers.d");
    prepare(ContainerConfig.EMPTY, new GuestOptions("box", "ann", KEY));
    assertThat(tree.text("etc/passwd")).contains("ann:x:1000:1000::/home/ann:/bin/sh\n");
    assertThat(tree.text("etc/shadow")).contains("ann:*:::::::\n");
    assertThat(tree.text("etc/hostname")).isEqualTo("box\n");
    assertThat(tree.text("home/ann/.ssh/authorized_keys")).isEqualTo(KEY + "\n");
    assertThat(tree.lookup("home/ann/.ssh").attributes())
        .isEqualTo(new Node.Attributes(0700, 1000, 1000, 1_700_000_000, 0, java.util.Map.of()));
    assertThat(tree.text("etc/sudoers.d/ann")).contains("NOPASSWD");
  }

  @Test
  void userThatIsNotThereIsRefused() {
    ContainerConfig config =
        ContainerConfig.EMPTY.withUser("nobody-here").withCmd(List.of("/bin/x"));
    assertThatThrownBy(() -> prepare(config, GuestOptions.NONE))
        .isInstanceOf(CooperException.InvalidInput.class)
        .hasMessage("the image has no user \"nobody-here\"");
  }

  @Test
  void wrongNamesAndKeysAreRefused() {
    assertThatThrownBy(() -> new GuestOptions("-x", "", ""))
        .hasMessage("\"-x\" is not a host name");
    assertThatThrownBy(() -> new GuestOptions("", "Root Me", ""))
        .hasMessage("\"Root Me\" is not a user's name");
    assertThatThrownBy(() -> new GuestOptions("", "", "not a key"))
        .hasMessageContaining("public key");
  }

  private void alpine() {
    tree.putText("bin/busybox", 0755, "");
    tree.putLink("sbin/init", "/bin/busybox");
    tree.putLink("sbin/getty", "/bin/busybox");
    tree.putText("sbin/openrc", 0755, "");
    tree.putText(
        "etc/inittab", 0644, "::sysinit:/sbin/openrc sysinit\n#ttyS0::respawn:/sbin/getty ttyS0");
  }

  private void systemd() {
    tree.putText("usr/lib/systemd/systemd", 0755, "");
    tree.putLink("lib", "usr/lib");
    tree.putLink("usr/sbin/init", "../lib/systemd/systemd");
    tree.putLink("sbin", "usr/sbin");
    tree.putText("etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1::/:/bin/sh");
  }

  private String prepare(ContainerConfig config, GuestOptions options) throws IOException {
    return new Guest(tree, options, List.of("ttyS0"), true)
        .prepare(config, List.of("UUID=x / ext4 defaults 0 1"));
  }
}
