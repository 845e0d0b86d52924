package dev.cooper.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every ELF file of this machine, compared with what binutils' readelf says of it. */
class ReadelfTest {
  private static final Pattern BRACKETS = Pattern.compile("\\((\\w+)\\).*?\\[(.*)]$");
  private static final Pattern INTERPRETER =
      Pattern.compile("\\[Requesting program interpreter: (.*)]");
  private static final Pattern VERSION_NAME =
      Pattern.compile("Name: (\\S+)\\s+Flags: (.*?)\\s+Version");

  /** What readelf prints of one file. */
  private static final class Facts {
    String elfClass = "";
    String type = "";
    String interpreter = "";
    final Map<String, List<String>> tags = new HashMap<>();
    final List<String> wants = new ArrayList<>();
  }

  @Test
  void everyElfFileOfThisMachineReadsAsReadelfReadsIt() throws Exception {
    Assumptions.assumeTrue(HostElfFiles.has("readelf"), "binutils' readelf is not installed");
    List<Path> files = HostElfFiles.all();
    assertThat(files).hasSizeGreaterThan(100);
    // With one file readelf prints no name, so there are always two.
    HostElfFiles.judge(
        files,
        List.of("readelf", "--wide", "-h", "-l", "-d", "-V", "/bin/sh"),
        ReadelfTest::compare);
  }

  private static void compare(List<Path> files, List<String> printed) throws Exception {
    Map<String, Facts> facts = parse(printed);
    List<String> differences = new ArrayList<>();
    for (Path file : files) {
      Facts expected = facts.getOrDefault(file.toString(), new Facts());
      String found = describe(Elf.read(file));
      if (!found.equals(describe(expected))) {
        differences.add(file + ": " + found + " but readelf says " + describe(expected));
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String describe(ElfFile elf) {
    return String.join(
        " | ",
        "ELF" + elf.machine().bits(),
        elf.type().toString(),
        elf.interpreter().orElse(""),
        elf.needed().toString(),
        String.join(":", elf.rpath()),
        String.join(":", elf.runpath()),
        elf.soname().stream().toList().toString(),
        elf.versionNeeds().stream().flatMap(n -> n.versions().stream()).toList().toString());
  }

  private static String describe(Facts facts) {
    return String.join(
        " | ",
        facts.elfClass,
        type(facts.type).toString(),
        facts.interpreter,
        tag(facts, "NEEDED").toString(),
        String.join(":", tag(facts, "RPATH")),
        String.join(":", tag(facts, "RUNPATH")),
        tag(facts, "SONAME").toString(),
        facts.wants.toString());
  }

  private static List<String> tag(Facts facts, String name) {
    return facts.tags.getOrDefault(name, List.of());
  }

  private static ElfType type(String text) {
    return switch (text.split(" ")[0]) {
      case "REL" -> ElfType.RELOCATABLE;
      case "EXEC" -> ElfType.EXECUTABLE;
      case "DYN" -> ElfType.SHARED;
      case "CORE" -> ElfType.CORE;
      default -> ElfType.OTHER;
    };
  }

  private static Map<String, Facts> parse(List<String> lines) {
    Map<String, Facts> all = new HashMap<>();
    Facts facts = new Facts();
    boolean needs = false;
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith("File: ")) {
        facts = new Facts();
        needs = false;
        all.put(text.substring(6), facts);
      } else if (text.startsWith("Class: ")) {
        facts.elfClass = text.substring(7).strip();
      } else if (text.startsWith("Type: ")) {
        facts.type = text.substring(6).strip();
      } else if (text.startsWith("Version needs section")) {
        needs = true;
      } else if (text.startsWith("Version definition") || text.startsWith("Version symbols")) {
        needs = false;
      }
      Matcher interpreter = INTERPRETER.matcher(text);
      if (interpreter.find()) {
        facts.interpreter = interpreter.group(1);
      }
      Matcher tagged = BRACKETS.matcher(text);
      if (text.startsWith("0x") && tagged.find()) {
        facts.tags.computeIfAbsent(tagged.group(1), k -> new ArrayList<>()).add(tagged.group(2));
      }
      Matcher version = VERSION_NAME.matcher(text);
      if (needs && version.find()) {
        facts.wants.add(version.group(1));
      }
    }
    return all;
  }
}
