package dev.cooper.cli.disk;

import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.JsonText;
import dev.cooper.disk.inspect.Disk;
import dev.cooper.disk.inspect.DiskComparison;
import dev.cooper.disk.inspect.DiskComparison.Difference;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code cooper disk diff}. */
@Usage(
    name = "disk diff",
    synopsis = "cooper disk diff [OPTIONS] FILE FILE",
    description = "Show how two disks differ; the exit code is 1 when they do")
public final class DiskDiffCommand implements Command {
  @Option(
      names = {"-q", "--quiet"},
      description = "Print nothing")
  boolean quiet;

  @Option(names = "--json", description = "Print one JSON object a difference")
  boolean json;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws IOException {
    Operands.exactly(2, operands);
    PrintStream out = invocation.console().out();
    Path first = Path.of(operands.get(0));
    Path second = Path.of(operands.get(1));
    boolean[] differ = {false};
    try (Disk one = Disk.open(first);
        Disk other = Disk.open(second)) {
      DiskComparison.compare(
          one,
          other,
          difference -> {
            differ[0] = true;
            if (!quiet) {
              out.println(
                  json ? JsonText.compact(document(difference)) : text(difference, one, other));
            }
          });
    }
    return differ[0] ? 1 : 0;
  }

  private static String text(Difference difference, Disk one, Disk other) {
    String where = difference.partition() == 0 ? "disk" : "partition " + difference.partition();
    String what = where + (difference.path().isEmpty() ? "" : " " + difference.path());
    return switch (difference.what()) {
      case "presence" -> {
        boolean onlyFirst = difference.other().isEmpty();
        String kind = onlyFirst ? difference.one() : difference.other();
        String suffix = kind.equals("present") ? "" : " (" + kind + ")";
        yield what + ": only in " + (onlyFirst ? one : other).file() + suffix;
      }
      case "contents" -> what + ": contents " + difference.one();
      default ->
          "%s: %s %s, then %s"
              .formatted(
                  what, difference.what(), orNone(difference.one()), orNone(difference.other()));
    };
  }

  private static String orNone(String text) {
    return text.isEmpty() ? "none" : text;
  }

  private static Map<String, Object> document(Difference difference) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("partition", difference.partition());
    document.put("path", difference.path());
    document.put("what", difference.what());
    document.put("one", difference.one());
    document.put("other", difference.other());
    return document;
  }
}
