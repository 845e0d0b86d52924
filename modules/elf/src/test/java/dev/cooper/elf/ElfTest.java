package dev.cooper.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfTest {
  private static final byte[] SAMPLE =
      ElfBytes.program("/lib64/ld-linux-x86-64.so.2")
          .needs("libm.so.6", "libc.so.6")
          .runpath("$ORIGIN/../lib:/opt/lib")
          .wants("libc.so.6", "GLIBC_2.2.5", "GLIBC_2.34")
          .wants("libm.so.6", "GLIBC_2.29")
          .offers("APP_1")
          .flags1(0x8000800L)
          .bytes();

  @Test
  void everyPartIsRead() throws Exception {
    ElfFile elf = Elf.read(SAMPLE);

    assertThat(elf.interpreter()).contains("/lib64/ld-linux-x86-64.so.2");
    assertThat(elf.needed()).containsExactly("libm.so.6", "libc.so.6");
    assertThat(elf.runpath()).containsExactly("$ORIGIN/../lib", "/opt/lib");
    assertThat(elf.rpath()).isEmpty();
    assertThat(elf.versionNeeds())
        .extracting(VersionNeed::library)
        .containsExactlyInAnyOrder("libc.so.6", "libm.so.6");
    assertThat(elf.versions()).containsExactly("APP_1");
    assertThat(elf.positionIndependent()).isTrue();
    assertThat(elf.defaultLibraries()).isFalse();
    assertThat(elf.isProgram()).isTrue();
    assertThat(elf.isStatic()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 32, LE, 386",
    "62, 64, LE, amd64",
    "62, 32, LE, amd64p32",
    "183, 64, LE, arm64",
    "40, 32, LE, arm",
    "243, 64, LE, riscv64",
    "21, 64, LE, ppc64le",
    "21, 64, BE, ppc64",
    "22, 64, BE, s390x",
    "8, 64, LE, mips64le",
    "8, 32, BE, mips",
    "258, 64, LE, loong64",
    "4711, 64, LE, machine-4711"
  })
  void theArchitectureHasTheNameThatImagesUse(
      int machine, int bits, String order, String architecture) throws Exception {
    ByteOrder byteOrder = order.equals("LE") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] bytes =
        ElfBytes.library("libx.so.1")
            .machine(machine, bits, byteOrder)
            .needs("libc.so.6")
            .wants("libc.so.6", "V1")
            .offers("X_1", "X_2")
            .bytes();
    ElfFile elf = Elf.read(bytes);

    assertThat(elf.architecture()).isEqualTo(architecture);
    assertThat(Elf.machine(Arrays.copyOf(bytes, Elf.MACHINE_LENGTH))).contains(elf.machine());
    assertThat(Elf.machine(Arrays.copyOf(bytes, Elf.MACHINE_LENGTH - 1))).isEmpty();
    assertThat(elf.soname()).contains("libx.so.1");
    assertThat(elf.needed()).containsExactly("libc.so.6");
    assertThat(elf.versions()).containsExactly("X_1", "X_2");
  }

  @Test
  void whatIsNotElfIsRefusedWithItsReason() {
    assertThatThrownBy(() -> Elf.read("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessage("not an ELF file");
    assertThatThrownBy(() -> Elf.read(new byte[0])).isInstanceOf(ElfFormatException.class);
    assertThatThrownBy(() -> Elf.read(Arrays.copyOf(SAMPLE, 40)))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void everyTruncationIsEitherReadOrRefused() {
    for (int length = 0; length < SAMPLE.length; length++) {
      readOrRefuse(Arrays.copyOf(SAMPLE, length));
    }
  }

  @Property(tries = 3000)
  void everyDamageIsEitherReadOrRefused(
      @ForAll @IntRange(max = 5000) int where, @ForAll @Size(min = 1, max = 8) byte[] damage) {
    byte[] bytes = SAMPLE.clone();
    int at = where % bytes.length;
    System.arraycopy(damage, 0, bytes, at, Math.min(damage.length, bytes.length - at));
    readOrRefuse(bytes);
  }

  @Property(tries = 300)
  void noiseAfterTheMagicIsEitherReadOrRefused(@ForAll @Size(max = 600) byte[] noise) {
    byte[] bytes = Arrays.copyOf(SAMPLE, 16 + noise.length);
    System.arraycopy(noise, 0, bytes, 16, noise.length);
    readOrRefuse(bytes);
  }

  private static void readOrRefuse(byte[] bytes) {
    try {
      assertThat(Elf.read(bytes).machine().bits()).isIn(32, 64);
    } catch (ElfFormatException refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }
}
