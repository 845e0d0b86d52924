package dev.cooper.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The commands that a busybox is, read from the binary itself, so that one for any processor can be
 * asked. It holds its table of names as strings one after the other, each ended by a zero byte, in
 * ascending order, for its own binary search; nothing says where.
 */
final class BusyboxApplets {
  private static final int LONGEST_NAME = 32;

  /** A single name is no table: such a binary is one command, not several. */
  private static final int SMALLEST_TABLE = 2;

  /** What is in none of the directories below. */
  private static final Set<String> BIN =
      Set.of(
          """
          ash base32 base64 bash busybox cat chattr chgrp chmod chown cp cpio cttyhack date dd df
          dmesg dnsdomainname dumpkmap echo ed egrep false fatattr fgrep fsync getopt grep gunzip
          gzip hostname hush ionice iostat ipcalc kbd_mode kill link linux32 linux64 linuxrc ln
          login ls lsattr lzop makemime mkdir mknod mktemp more mount mountpoint mpstat mt mv
          netstat nice pidof ping ping6 pipe_progress printenv ps pwd reformime resume rev rm
          rmdir rpm run-parts scriptreplay sed setarch setpriv setserial sh sleep stat stty su
          sync tar touch true umount uname usleep vi watch zcat
          """
              .strip()
              .split("\\s+"));

  private static final String SBIN =
      """
      acpid adjtimex arp blockdev depmod devmem fdisk findfs freeramdisk fstrim getty halt
      hwclock ifconfig ifdown ifup init insmod ip ipneigh klogd loadkmap logread losetup
      lsmod mdev mkdosfs mke2fs mkswap modinfo modprobe nameif pivot_root poweroff reboot
      rmmod route run-init start-stop-daemon sulogin swapoff swapon switch_root sysctl
      syslogd tc tunctl udhcpc uevent vconfig watchdog fbsplash fsck ipaddr iplink iproute
      iprule iptunnel nbd-client setconsole slattach zcip
      """;

  private static final String USR_BIN =
      """
      [ [[ ar ascii awk basename bc blkdiscard bunzip2 bzcat bzip2 cal chvt clear cmp crc32
      crontab cut dc deallocvt diff dirname dos2unix dpkg dpkg-deb du dumpleases env expand
      expr factor fallocate find fold free ftpget ftpput groups head hexdump hostid id
      killall last less logger logname lsscsi lzcat lzma md5sum microcom mkfifo mkpasswd nc
      nl nproc nsenter nslookup od openvt passwd paste patch printf realpath renice reset
      rpm2cpio seq setkeycodes setsid sha1sum sha256sum sha3sum sha512sum shred shuf sort
      ssl_client strings svc svok tac tail taskset tee telnet test tftp time timeout top tr
      traceroute traceroute6 tree truncate ts tty unexpand uniq unix2dos unlink unlzma unshare
      lsof lspci lsusb pgrep pkill pmap pscan pstree pwdx users vlock volname whois
      unxz unzip uptime uudecode uuencode w wc wget which who whoami xargs xxd xz xzcat yes
      """;

  private static final String USR_SBIN =
      """
      arping brctl chroot crond fsfreeze httpd i2cdetect i2cdump i2cget i2cset i2ctransfer
      loadfont mim nologin partprobe rdate telnetd ubirename udhcpd add-shell addgroup adduser
      chpasswd delgroup deluser dnsd fakeidentd inetd lpd ntpd popmaildir readahead readprofile
      remove-shell rtcwake sendmail setfont setlogcons svlogd
      """;

  /** Where commands are by tradition (Filesystem Hierarchy Standard); all others are in /bin. */
  private static final Map<String, String> PLACES = places();

  private BusyboxApplets() {}

  /**
   * The names in the table; empty when there is none. Of all ascending names in the binary the
   * table is where most are of commands that are known: one of many may be new.
   */
  static List<String> read(byte[] binary) {
    List<String> table = List.of();
    long most = 0;
    List<String> names = new ArrayList<>();
    for (int at = 0; at < binary.length; ) {
      String name = nameFrom(binary, at);
      if (name.isEmpty() || !names.isEmpty() && name.compareTo(names.getLast()) <= 0) {
        long known = known(names);
        if (known > most) {
          most = known;
          table = names;
        }
        names = new ArrayList<>();
      }
      if (name.isEmpty()) {
        at = afterZero(binary, at);
      } else {
        names.add(name);
        at += name.length() + 1;
      }
    }
    return table.size() < SMALLEST_TABLE || most * 2 < table.size() ? List.of() : table;
  }

  private static long known(List<String> names) {
    return names.size() < SMALLEST_TABLE
        ? 0
        : names.stream().filter(name -> PLACES.containsKey(name) || BIN.contains(name)).count();
  }

  private static int afterZero(byte[] binary, int from) {
    int at = from;
    while (at < binary.length && binary[at] != 0) {
      at++;
    }
    return at + 1;
  }

  /** The directory of a command's link, such as {@code usr/bin}. */
  static String directory(String applet) {
    return PLACES.getOrDefault(applet, "bin");
  }

  /** The name that begins here; empty when what is here is not one. */
  private static String nameFrom(byte[] binary, int begin) {
    int end = begin;
    while (end < binary.length && end - begin <= LONGEST_NAME && isNameByte(binary[end])) {
      end++;
    }
    return end == binary.length || binary[end] != 0
        ? ""
        : new String(binary, begin, end - begin, StandardCharsets.US_ASCII);
  }

  private static boolean isNameByte(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b == '_'
        || b == '-'
        || b == '.'
        || b == '+'
        || b == '[';
  }

  private static Map<String, String> places() {
    Map<String, String> places = new TreeMap<>();
    put(places, "sbin", SBIN);
    put(places, "usr/bin", USR_BIN);
    put(places, "usr/sbin", USR_SBIN);
    return places;
  }

  private static void put(Map<String, String> places, String directory, String names) {
    for (String name : names.strip().split("\\s+")) {
      places.put(name, directory);
    }
  }
}
