package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Parses a file, going on after each problem. */
final class DockerfileParser {
  /** So many problems are enough to be told. */
  private static final int MOST_PROBLEMS = 100;

  private final Source source;
  private final LineReader reader;
  private final @Nullable SourceRange place;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Instruction.Arg> globalArguments = new ArrayList<>();
  private final List<Stage> stages = new ArrayList<>();
  private Instruction.@Nullable From from;
  private List<Instruction> instructions = new ArrayList<>();
  private boolean unreadableLine;
  private boolean homeless;

  DockerfileParser(Source source) {
    this(source, null);
  }

  /**
   * @param place the lines that all instructions are said to be on; null for their own
   */
  private DockerfileParser(Source source, @Nullable SourceRange place) {
    this.source = source;
    this.place = place;
    this.reader = new LineReader(source.text());
  }

  Dockerfile parse() {
    if (source.text().isEmpty()) {
      throw fail(SourceRange.line(1), "the Dockerfile cannot be empty");
    }
    if (source.text().indexOf(0) >= 0) {
      throw new DockerfileException(
          List.of(
              new Problem(
                  SourceRange.line(1),
                  "",
                  "it is no text: " + source.fileName() + " holds binary data",
                  List.of("-f names the Dockerfile"))));
    }
    boolean any = false;
    LogicalLine line = reader.next();
    while (line != null && problems.size() < MOST_PROBLEMS) {
      any = true;
      Instruction instruction = parse(line);
      if (instruction == null) {
        unreadableLine = true;
      } else {
        place(instruction);
      }
      line = reader.next();
    }
    closeStage();
    problems.addAll(reader.directives().problems());
    if (problems.isEmpty()) {
      checkWhole(any);
    }
    if (!problems.isEmpty()) {
      problems.sort(
          (one, other) -> Integer.compare(one.range().startLine(), other.range().startLine()));
      throw new DockerfileException(problems, source);
    }
    return new Dockerfile(
        source,
        reader.directives().directives(),
        globalArguments,
        stages,
        reader.emptyContinuations());
  }

  private DockerfileException fail(SourceRange range, String message) {
    return new DockerfileException(List.of(new Problem(range, "", message, List.of())), source);
  }

  /** The instruction of a line, or null if there is a problem with it, which is noted. */
  private @Nullable Instruction parse(LogicalLine line) {
    Statement statement = Statement.of(line.text(), reader.directives().escape());
    SourceRange range = place == null ? line.range() : place;
    try {
      List<Heredoc> heredocs = heredocs(line, statement);
      if (place == null) {
        range = new SourceRange(line.startLine(), reader.line());
      }
      Origin origin =
          new Origin(range, Blanks.trim(line.text()), String.join("\n", line.comments()));
      return InstructionParser.parse(statement, origin, heredocs, reader.directives().escape());
    } catch (Malformed e) {
      problems.add(e.at(range));
      return null;
    }
  }

  private List<Heredoc> heredocs(LogicalLine line, Statement statement) {
    if (line.text().indexOf("<<") < 0 || !mayHaveHeredocs(statement)) {
      return List.of();
    }
    List<Heredoc> found = new ArrayList<>();
    for (Heredoc heredoc : Heredocs.announced(line.text())) {
      String content = reader.heredoc(heredoc.name(), heredoc.chomp());
      if (content == null) {
        throw new Malformed(
            "unterminated heredoc",
            "<<",
            "a line with nothing but " + heredoc.name() + " has to end it");
      }
      found.add(heredoc.withContent(content));
    }
    return found;
  }

  private boolean mayHaveHeredocs(Statement statement) {
    Statement inner = statement;
    if (inner.keyword().equalsIgnoreCase("ONBUILD")) {
      inner = Statement.of(inner.arguments(), reader.directives().escape());
    }
    return switch (inner.keyword().toUpperCase(Locale.ROOT)) {
      case "ADD", "COPY", "RUN" -> JsonStrings.parse(inner.arguments()) == null;
      default -> false;
    };
  }

  private void place(Instruction instruction) {
    if (instruction instanceof Instruction.From next) {
      closeStage();
      from = next;
    } else if (from != null) {
      instructions.add(instruction);
    } else if (instruction instanceof Instruction.Arg arg) {
      globalArguments.add(arg);
    } else if (!unreadableLine && !homeless) {
      // Said once, and not at all if the FROM may be the line that could not be read.
      homeless = true;
      problems.add(
          new Problem(
              instruction.range(),
              instruction.origin().keyword(),
              "no build stage in current context",
              List.of("the first instruction has to be FROM; only ARG may stand before it")));
    }
  }

  private void closeStage() {
    if (from != null) {
      stages.add(new Stage(stages.size(), from.stageName(), from, instructions));
      instructions = new ArrayList<>();
    }
  }

  private void checkWhole(boolean any) {
    SourceRange end = SourceRange.line(Math.max(1, reader.line()));
    if (!any) {
      problems.add(new Problem(end, "", "file with no instructions", List.of()));
    } else if (stages.isEmpty()) {
      problems.add(new Problem(end, "", "dockerfile contains no stages to build", List.of()));
    }
    for (Stage stage : stages) {
      for (Instruction instruction : stage.instructions()) {
        if (instruction instanceof Instruction.Copy copy && copy.from() != null) {
          checkIndex(copy, copy.from());
        }
      }
    }
  }

  private void checkIndex(Instruction.Copy copy, String index) {
    for (int position = 0; position < index.length(); position++) {
      if (index.charAt(position) < '0' || index.charAt(position) > '9') {
        return;
      }
    }
    if (index.length() > 9 || Integer.parseInt(index) >= stages.size()) {
      problems.add(
          new Problem(
              copy.range(),
              "--from=" + index,
              "invalid stage index " + index,
              List.of("stages are counted from 0")));
    }
  }

  static Instruction parseTrigger(String trigger, SourceRange at) {
    DockerfileParser parser = new DockerfileParser(new Source("ONBUILD", trigger), at);
    LogicalLine line = parser.reader.next();
    if (line == null) {
      throw onlyOne(at, trigger);
    }
    Instruction instruction = parser.parse(line);
    if (instruction == null) {
      throw new DockerfileException(parser.problems.getFirst());
    }
    if (parser.reader.next() != null || instruction instanceof Instruction.From) {
      throw onlyOne(at, trigger);
    }
    return instruction;
  }

  private static DockerfileException onlyOne(SourceRange at, String trigger) {
    return new DockerfileException(
        new Problem(at, trigger, "onbuild trigger should be a single expression", List.of()));
  }
}
