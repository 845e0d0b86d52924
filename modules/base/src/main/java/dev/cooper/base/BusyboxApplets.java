package dev.cooper.base;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The commands that a busybox is, read from the binary itself, so that one for any processor can be
 * asked. It holds its table of names as strings one after the other, each ended by a zero byte, in
 * ascending order, for its own binary search.
 */
final class BusyboxApplets {
  private static final byte[] ITSELF = "\0busybox\0".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NAME = 32;

  /** Fewer than this in a row is no table, but words that happen to lie side by side. */
  private static final int SMALLEST_TABLE = 3;

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

  /** The names in the longest table in the binary; empty when there is none. */
  static List<String> read(byte[] binary) {
    List<String> longest = List.of();
    for (int at = indexOf(binary, 0); at >= 0; at = indexOf(binary, at + 1)) {
      List<String> table = around(binary, at + 1);
      if (table.size() > longest.size()) {
        longest = table;
      }
    }
    return longest.size() < SMALLEST_TABLE ? List.of() : longest;
  }

  /** The directory of a command's link, such as {@code usr/bin}. */
  static String directory(String applet) {
    return PLACES.getOrDefault(applet, "bin");
  }

  private static int indexOf(byte[] binary, int from) {
    for (int i = from; i <= binary.length - ITSELF.length; i++) {
      if (matches(binary, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] binary, int at) {
    for (int i = 0; i < ITSELF.length; i++) {
      if (binary[at + i] != ITSELF[i]) {
        return false;
      }
    }
    return true;
  }

  /** The ascending names before and behind the one that begins here. */
  private static List<String> around(byte[] binary, int start) {
    List<String> names = new ArrayList<>();
    String name = nameFrom(binary, start);
    names.add(name);
    String first = name;
    for (int end = start - 1; ; ) {
      int begin = beginOf(binary, end);
      String before = begin < 0 ? "" : nameFrom(binary, begin);
      if (before.isEmpty() || before.compareTo(first) >= 0) {
        break;
      }
      names.addFirst(before);
      first = before;
      end = begin - 1;
    }
    String last = name;
    for (int next = start + name.length() + 1; ; ) {
      String behind = nameFrom(binary, next);
      if (behind.isEmpty() || behind.compareTo(last) <= 0) {
        break;
      }
      names.addLast(behind);
      last = behind;
      next += behind.length() + 1;
    }
    return names;
  }

  /** Where the string begins that the zero byte at {@code end} ends; -1 when there is none. */
  private static int beginOf(byte[] binary, int end) {
    int begin = end;
    while (begin > 0 && isNameByte(binary[begin - 1])) {
      begin--;
    }
    return begin == end || begin == 0 || binary[begin - 1] != 0 ? -1 : begin;
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
