package dev.cooper.image.layer;

import java.time.Instant;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Entries of every kind, with every field at its edges. */
final class TarEntryArbitraries {
  private TarEntryArbitraries() {}

  /** Any bytes but NUL and slash, decoded. */
  static Arbitrary<String> names(int longest) {
    return Arbitraries.oneOf(
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(longest),
            Arbitraries.bytes()
                .filter(b -> b != 0 && b != '/')
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(longest)
                .map(PathBytes::decode))
        .filter(name -> !name.equals(".") && !name.equals(".."));
  }

  static Arbitrary<String> paths() {
    return names(60).list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("/", parts));
  }

  static Arbitrary<TarEntry> entries() {
    Arbitrary<Long> ids =
        Arbitraries.of(0L, 1L, 1000L, 2_097_151L, 2_097_152L, 65_534L, 4_294_967_295L);
    Arbitrary<Instant> times =
        Combinators.combine(
                Arbitraries.of(0L, -1L, 1_700_000_000L, 8_589_934_591L, 8_589_934_592L, -99_999L),
                Arbitraries.of(0, 1, 500_000_000, 999_999_999))
            .as((seconds, nanos) -> Instant.ofEpochSecond(seconds, nanos));
    Arbitrary<Map<String, byte[]>> xattrs =
        Arbitraries.maps(
                Arbitraries.of("security.capability", "user.a", "user.ü", "trusted.x\ny"),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
            .ofMaxSize(3);
    Arbitrary<String> owners = Arbitraries.of("", "root", "ü", "n".repeat(32), "n".repeat(33));
    return Combinators.combine(
            paths(),
            Arbitraries.of(EntryType.class),
            Arbitraries.integers().between(0, 07777),
            Combinators.combine(ids, ids).as((uid, gid) -> new long[] {uid, gid}),
            Combinators.combine(owners, owners).as((user, group) -> new String[] {user, group}),
            Arbitraries.oneOf(
                Arbitraries.of(0, 1, 511, 512, 513, 300_000), Arbitraries.integers().between(0, 9)),
            times,
            Combinators.combine(paths(), xattrs).as(Map::entry))
        .as(
            (path, type, mode, id, owner, size, time, rest) -> {
              boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
              boolean link = type == EntryType.SYMLINK || type == EntryType.HARD_LINK;
              return new TarEntry(
                  path,
                  type,
                  mode,
                  id[0],
                  id[1],
                  owner[0],
                  owner[1],
                  type == EntryType.FILE ? size : 0,
                  time,
                  link ? rest.getKey() : "",
                  device ? 8 : 0,
                  device ? 259 : 0,
                  rest.getValue());
            });
  }
}
