package dev.cooper.cli.containers;

import dev.cooper.image.CooperException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of {@code NAME=value} lines: {@code --env-file}, {@code --label-file}. */
final class VariableFile {
  private VariableFile() {}

  /** The lines but comments and empty ones; a bare name takes the caller's value, if it has one. */
  static List<String> read(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new CooperException.InvalidInput(
          "open " + file + ": no such file or directory", null, e);
    } catch (MalformedInputException e) {
      throw new CooperException.InvalidInput(
          "env file " + file + " contains invalid utf8 bytes", null, e);
    }
    List<String> variables = new ArrayList<>();
    for (String raw : lines) {
      String line = raw.startsWith("\uFEFF") ? raw.substring(1) : raw;
      String stripped = line.stripLeading();
      if (stripped.isEmpty() || stripped.startsWith("#")) {
        continue;
      }
      int equals = stripped.indexOf('=');
      String name = equals < 0 ? stripped.strip() : stripped.substring(0, equals);
      if (name.isEmpty()) {
        throw new CooperException.InvalidInput(
            "poorly formatted environment: no variable name on line '" + line + "'");
      }
      if (name.chars().anyMatch(Character::isWhitespace)) {
        throw new CooperException.InvalidInput(
            "poorly formatted environment: variable '" + name + "' contains whitespaces");
      }
      if (equals >= 0) {
        variables.add(stripped);
      } else {
        String own = System.getenv(name);
        if (own != null) {
          variables.add(name + "=" + own);
        }
      }
    }
    return variables;
  }
}
