package dev.cooper.base;

import dev.cooper.image.CooperException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What may be chosen of an image of programs.
 *
 * @param root the folder that is the root of the tree in which programs and libraries are, {@code
 *     /} for this machine's own
 * @param with what is put in whether or not it seems needed
 * @param without what is left out though it seems needed
 * @param searchPath where programs given by a bare name are looked for, as PATH
 * @param latest no file gets a later time, so that SOURCE_DATE_EPOCH makes the same image again
 */
public record BinaryOptions(
    Path root, Set<Extra> with, Set<Extra> without, List<String> searchPath, Instant latest) {
  /** What programs need that their headers do not name. */
  public enum Extra {
    /** The certificates of those whom TLS clients trust. */
    CA_CERTIFICATES,
    /** The time zones, {@code /usr/share/zoneinfo}. */
    TZDATA,
    /** glibc's modules for looking up names of hosts and users, and their configuration. */
    NSS;

    /** As users write it: {@code ca-certificates}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one of this name.
     *
     * @throws CooperException.InvalidInput when there is none
     */
    public static Extra of(String word) {
      for (Extra extra : values()) {
        if (extra.word().equals(word)) {
          return extra;
        }
      }
      throw new CooperException.InvalidInput(
          "nothing that can be added is called " + word, "ca-certificates, tzdata or nss");
    }
  }

  /** This machine's own programs, with what they seem to need. */
  public static final BinaryOptions DEFAULT =
      new BinaryOptions(
          Path.of("/"), Set.of(), Set.of(), List.of(BusyboxBase.PATH.split(":")), Instant.MAX);

  public BinaryOptions {
    with = Set.copyOf(with);
    without = Set.copyOf(without);
    searchPath = List.copyOf(searchPath);
    EnumSet<Extra> both = EnumSet.noneOf(Extra.class);
    both.addAll(with);
    both.retainAll(without);
    if (!both.isEmpty()) {
      throw new CooperException.InvalidInput(
          both.iterator().next().word() + " is asked for and left out at once");
    }
  }

  public BinaryOptions withRoot(Path changed) {
    return new BinaryOptions(changed, with, without, searchPath, latest);
  }

  public BinaryOptions withExtras(Set<Extra> wanted, Set<Extra> unwanted) {
    return new BinaryOptions(root, wanted, unwanted, searchPath, latest);
  }

  public BinaryOptions withSearchPath(List<String> changed) {
    return new BinaryOptions(root, with, without, changed, latest);
  }

  public BinaryOptions withLatest(Instant changed) {
    return new BinaryOptions(root, with, without, searchPath, changed);
  }
}
