package dev.cooper.explore.software;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cooper.explore.fact.Fact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Packages that rpmbuild made, in databases that RPM (SQLite) and Berkeley DB wrote: read as RPM
 * does. No tool here writes ndb: that database is {@link MadeRpmDatabase}'s, so of ndb only the
 * headers in it are judged by RPM, and the file's layout is as we understand RPM's.
 */
class RpmToolsTest {
  /** 30 packages; some have an epoch, names that are not ASCII, and headers beyond any page. */
  private static final String SPEC =
      """
      Name: base
      Version: 1.0
      Release: 3
      Epoch: 2
      Summary: The base
      License: MIT and GPLv2+
      BuildArch: noarch
      %description
      The base.
      %{lua: for i = 1, 30 do
        print("%package s" .. i .. "\\n")
        print("Summary: Pakett ü " .. i .. "\\nVersion: 1." .. i .. "~rc1\\n")
        print("License: " .. (i % 2 == 0 and "BSD-3-Clause" or "(ASL 2.0 or MPL) and Ω") .. "\\n")
        if i % 3 ~= 0 then print("Epoch: " .. i % 3 - 1 .. "\\n") end
        print("%description s" .. i .. "\\n" .. string.rep("word ", i * i * 20) .. "\\n")
        print("%files s" .. i .. "\\n")
      end}
      %files
      """;

  private static final String FORMAT =
      "%{NAME}\\t%|EPOCH?{%{EPOCH}}:{0}|:%{VERSION}-%{RELEASE}\\t%{ARCH}\\t%{LICENSE}\\t%{SOURCERPM}\\n";

  @TempDir Path folder;

  @BeforeEach
  void toolsAreHere() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/rpmbuild"))
            && Files.isExecutable(Path.of("/usr/bin/db5.3_load")),
        "SKIPPED: apt-get install rpm db5.3-util");
  }

  @Test
  void everyDatabaseIsReadAsRpmReadsIt() throws Exception {
    Path sqlite = Files.createDirectory(folder.resolve("sqlite"));
    byte[] database = Files.readAllBytes(install(sqlite));
    TreeSet<String> packages = rpm(sqlite, "sqlite");
    assertThat(packages)
        .hasSize(31)
        .contains("base\t2:1.0-3\tnoarch\tMIT and GPLv2+\tbase-1.0-3.src.rpm");
    assertThat(lines(database)).isEqualTo(packages);

    List<byte[]> headers = new ArrayList<>();
    RpmDatabase.headers(database, headers::add);
    assertThat(headers).anyMatch(header -> header.length > 70_000);
    assertThat(lines(MadeRpmDatabase.ndb(headers))).isEqualTo(packages);
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      for (int pageSize : List.of(512, 4096, 65536)) {
        String name = order + " " + pageSize;
        Path berkeley = Files.createDirectory(folder.resolve(name));
        Path file = load(berkeley, headers, order, pageSize);
        assertThat(rpm(berkeley, "bdb_ro")).as(name).isEqualTo(packages);
        assertThat(lines(Files.readAllBytes(file))).as(name).isEqualTo(packages);
        // What the other tests make is what RPM takes for a database.
        Files.write(file, MadeRpmDatabase.berkeley(headers, pageSize, order));
        assertThat(rpm(berkeley, "bdb_ro")).as(name).isEqualTo(packages);
      }
    }
  }

  /** Builds the packages and notes them as installed. */
  private Path install(Path database) throws Exception {
    Path spec = Files.writeString(folder.resolve("base.spec"), SPEC);
    Path built = folder.resolve("built");
    run("", "rpmbuild", "-bb", "--quiet", "--define", "_topdir " + built, spec.toString());
    List<String> command =
        new ArrayList<>(
            List.of("rpm", "--define", "_db_backend sqlite", "--dbpath", database.toString()));
    command.addAll(List.of("--justdb", "--nodeps", "--noscripts", "-U"));
    try (Stream<Path> packages = Files.list(built.resolve("RPMS/noarch"))) {
      packages.map(Path::toString).forEach(command::add);
    }
    run("", command.toArray(String[]::new));
    return database.resolve("rpmdb.sqlite");
  }

  private TreeSet<String> rpm(Path database, String backend) throws Exception {
    String said =
        run(
            "",
            "rpm",
            "--define",
            "_db_backend " + backend,
            "--dbpath",
            database.toString(),
            "-qa",
            "--qf",
            FORMAT);
    return new TreeSet<>(said.lines().toList());
  }

  /** Has Berkeley DB write the database. */
  private Path load(Path to, List<byte[]> headers, ByteOrder order, int pageSize) throws Exception {
    StringBuilder dump = new StringBuilder("VERSION=3\nformat=bytevalue\ntype=hash\nHEADER=END\n");
    for (int i = 0; i <= headers.size(); i++) {
      byte[] number = ByteBuffer.allocate(4).order(order).putInt(i).array();
      byte[] value = i == 0 ? number : headers.get(i - 1);
      dump.append(' ').append(HexFormat.of().formatHex(number));
      dump.append("\n ").append(HexFormat.of().formatHex(value)).append('\n');
    }
    dump.append("DATA=END\n");
    Path file = to.resolve("Packages");
    run(
        dump.toString(),
        "db5.3_load",
        "-c",
        "db_lorder=" + (order == ByteOrder.LITTLE_ENDIAN ? 1234 : 4321),
        "-c",
        "db_pagesize=" + pageSize,
        file.toString());
    return file;
  }

  private static TreeSet<String> lines(byte[] database) {
    TreeSet<String> lines = new TreeSet<>();
    for (Fact fact : RpmDatabase.read(database)) {
      assertThat(fact).isInstanceOf(Fact.Software.class);
      Fact.Software software = (Fact.Software) fact;
      lines.add(
          String.join(
              "\t",
              software.name(),
              (software.version().contains(":") ? "" : "0:") + software.version(),
              software.architecture(),
              software.license(),
              software.source()));
    }
    return lines;
  }

  private String run(String input, String... command) throws IOException, InterruptedException {
    Path in = Files.writeString(folder.resolve("input"), input);
    Path errors = folder.resolve("errors");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectError(errors.toFile())
            .directory(folder.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    // Where rpmbuild and rpm look for the user's own settings.
    builder.environment().put("HOME", folder.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said + Files.readString(errors)).isZero();
    return said;
  }
}
