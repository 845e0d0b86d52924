package dev.cooper.image.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class TarPathsTest {
  @Property(tries = 3000)
  void cleanPathsHaveOnlyNames(
      @ForAll @Chars({'/', '.', 'a'}) @CharRange(from = '\0', to = '\0') @StringLength(max = 8)
          String path) {
    List<String> parts = List.of(path.split("/", -1));
    boolean clean =
        path.isEmpty()
            || parts.stream()
                .noneMatch(
                    part ->
                        part.isEmpty()
                            || part.equals(".")
                            || part.equals("..")
                            || part.contains("\0"));
    assertThat(TarPaths.isClean(path)).isEqualTo(clean);
    if (parts.stream().anyMatch(part -> part.equals("..") || part.contains("\0"))) {
      assertThatThrownBy(() -> TarPaths.clean(path)).isInstanceOf(CooperException.Corrupt.class);
    } else {
      List<String> names = new ArrayList<>(parts);
      names.removeIf(part -> part.isEmpty() || part.equals("."));
      assertThat(TarPaths.clean(path)).isEqualTo(String.join("/", names));
    }
  }
}
