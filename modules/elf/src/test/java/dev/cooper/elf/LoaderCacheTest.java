package dev.cooper.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class LoaderCacheTest {
  private static final Path CACHE = Path.of("/etc/ld.so.cache");

  @Test
  void thisMachinesCacheReadsAsLdconfigPrintsIt() throws Exception {
    Path ldconfig = Path.of("/sbin/ldconfig");
    Assumptions.assumeTrue(Files.exists(CACHE), "no /etc/ld.so.cache");
    Assumptions.assumeTrue(Files.isExecutable(ldconfig), "ldconfig is not installed");
    LoaderCache cache = LoaderCache.parse(Files.readAllBytes(CACHE));
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (String line : HostElfFiles.run(List.of(ldconfig.toString(), "-p"))) {
      // "	libz.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libz.so.1"
      String[] parts = line.strip().split(" \\(| => ");
      if (parts.length == 3 && !line.contains("hwcap")) {
        compared++;
        if (!cache.find(parts[0], List.of()).contains(parts[2])) {
          differences.add(line);
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(10);
  }

  @Property(tries = 200)
  void aDamagedCacheIsReadAsFarAsItGoes(
      @ForAll @IntRange(max = 2000) int where,
      @ForAll byte value,
      @ForAll @IntRange(max = 90) int cut)
      throws Exception {
    Assumptions.assumeTrue(Files.exists(CACHE), "no /etc/ld.so.cache");
    byte[] bytes = Files.readAllBytes(CACHE);
    bytes[where % bytes.length] = value;
    bytes = java.util.Arrays.copyOf(bytes, bytes.length - bytes.length * cut / 100);
    assertThat(LoaderCache.parse(bytes).find("no-such-library", List.of())).isEmpty();
  }

  @Test
  void whatIsNoCacheIsEmpty() {
    assertThat(LoaderCache.parse(new byte[0]).find("libc.so.6", List.of())).isEmpty();
    assertThat(LoaderCache.parse(new byte[100]).find("libc.so.6", List.of())).isEmpty();
  }
}
