package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes an instruction of a statement. */
final class InstructionParser {
  /** In this order near misses are looked for. */
  static final List<String> NAMES =
      List.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "FROM",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private static final List<Flags.Flag> FROM_FLAGS =
      List.of(new Flags.Flag("platform", Flags.Kind.TEXT));
  private static final List<Flags.Flag> RUN_FLAGS =
      List.of(
          new Flags.Flag("mount", Flags.Kind.LIST),
          new Flags.Flag("network", Flags.Kind.TEXT),
          new Flags.Flag("security", Flags.Kind.TEXT));
  private final Statement statement;
  private final Origin origin;
  private final List<Heredoc> heredocs;
  private final char escape;
  private final String name;

  private InstructionParser(
      Statement statement, Origin origin, List<Heredoc> heredocs, char escape) {
    this.statement = statement;
    this.origin = origin;
    this.heredocs = heredocs;
    this.escape = escape;
    this.name = statement.keyword().toUpperCase(Locale.ROOT);
  }

  /**
   * @param heredocs the documents that the statement announces, with their contents
   * @throws Malformed if it is no proper instruction
   */
  static Instruction parse(
      Statement statement, Origin origin, List<Heredoc> heredocs, char escape) {
    return new InstructionParser(statement, origin, heredocs, escape).parse();
  }

  private Instruction parse() {
    return switch (name) {
      case "ADD", "COPY" -> new CopyParser(statement, origin, heredocs, escape).parse();
      case "ARG" -> arg();
      case "CMD" -> noFlags(new Instruction.Cmd(origin, commandLine(statement.arguments())));
      case "ENTRYPOINT" ->
          noFlags(new Instruction.Entrypoint(origin, commandLine(statement.arguments())));
      case "ENV" -> noFlags(new Instruction.Env(origin, pairs()));
      case "EXPOSE" -> expose();
      case "FROM" -> from();
      case "HEALTHCHECK" -> HealthcheckParser.parse(statement, origin);
      case "LABEL" -> noFlags(new Instruction.Label(origin, pairs()));
      case "MAINTAINER" -> noFlags(new Instruction.Maintainer(origin, single()));
      case "ONBUILD" -> onBuild();
      case "RUN" -> run();
      case "SHELL" -> shell();
      case "STOPSIGNAL" -> stopSignal();
      case "USER" -> noFlags(new Instruction.User(origin, word(single())));
      case "VOLUME" -> volume();
      case "WORKDIR" -> noFlags(new Instruction.Workdir(origin, word(single())));
      default -> throw unknown();
    };
  }

  private Malformed unknown() {
    String keyword = statement.keyword();
    String message = "unknown instruction: " + keyword;
    String near = Suggestion.didYouMeanAnyCase(keyword, NAMES);
    return near.isEmpty()
        ? new Malformed(
            message,
            keyword,
            "a line that goes on below has to end in " + escape + ", with no comment behind it")
        : new Malformed(message + near, keyword);
  }

  private Instruction noFlags(Instruction instruction) {
    Flags.parse(statement.flags(), List.of());
    return instruction;
  }

  private Malformed needsArguments() {
    return new Malformed(name + " requires at least one argument", statement.keyword());
  }

  private String single() {
    if (statement.arguments().isEmpty()) {
      throw new Malformed(name + " requires exactly one argument", statement.keyword());
    }
    return statement.arguments();
  }

  /** A word that is well formed, whatever the variables in it will be. */
  private Word word(String text) {
    Word word = new Word(text, Word.Kind.EXPANDED, escape, origin.range());
    WordCheck.check(word);
    return word;
  }

  private CommandLine commandLine(String text) {
    return commandLine(text, heredocs);
  }

  static CommandLine commandLine(String text, List<Heredoc> heredocs) {
    List<String> arguments = JsonStrings.parse(text);
    return arguments == null
        ? new CommandLine.ShellForm(text, heredocs)
        : new CommandLine.ExecForm(arguments);
  }

  private Instruction from() {
    List<String> fields = Statement.fields(statement.arguments());
    String stageName = null;
    if (fields.size() == 3 && fields.get(1).equalsIgnoreCase("as")) {
      stageName = fields.get(2).toLowerCase(Locale.ROOT);
      if (!isStageName(stageName)) {
        throw new Malformed(
            "invalid name for build stage: "
                + Quoted.of(fields.get(2))
                + ", name can't start with a number or contain symbols",
            fields.get(2));
      }
    } else if (fields.size() != 1) {
      String message = "FROM requires either one or three arguments";
      throw fields.size() == 2 && !fields.get(1).equalsIgnoreCase("as")
          ? new Malformed(
              message,
              statement.arguments(),
              "to give the stage a name: FROM " + fields.get(0) + " AS " + fields.get(1))
          : new Malformed(message, statement.arguments());
    }
    Flags flags = Flags.parse(statement.flags(), FROM_FLAGS);
    String platform = flags.text("platform");
    return new Instruction.From(
        origin, word(fields.getFirst()), stageName, platform.isEmpty() ? null : word(platform));
  }

  private static boolean isStageName(String name) {
    for (int index = 0; index < name.length(); index++) {
      char character = name.charAt(index);
      boolean letter = character >= 'a' && character <= 'z';
      boolean other = (character >= '0' && character <= '9') || "-_.".indexOf(character) >= 0;
      if (!letter && (index == 0 || !other)) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private Instruction arg() {
    List<Instruction.Arg.Declaration> declarations = new ArrayList<>();
    for (String text : Statement.words(statement.arguments(), escape)) {
      int equals = text.indexOf('=');
      String key = equals < 0 ? text : text.substring(0, equals);
      if (key.isEmpty()) {
        throw new Malformed("ARG names can not be blank", text);
      }
      // A default may turn out not to be needed, so it is not looked at before.
      Word value =
          equals < 0
              ? null
              : new Word(text.substring(equals + 1), Word.Kind.EXPANDED, escape, origin.range());
      declarations.add(new Instruction.Arg.Declaration(key, value, origin.commentOn(key)));
    }
    if (declarations.isEmpty()) {
      throw needsArguments();
    }
    return new Instruction.Arg(origin, declarations);
  }

  private List<Instruction.KeyValue> pairs() {
    String text = statement.arguments();
    List<String> words = Statement.words(text, escape);
    if (words.isEmpty()) {
      throw needsArguments();
    }
    List<Instruction.KeyValue> pairs = new ArrayList<>();
    if (words.getFirst().indexOf('=') < 0) {
      // The old form: one key, white space, and the rest is its value.
      int end = 0;
      while (end < text.length() && !Blanks.separates(text.charAt(end))) {
        end++;
      }
      int value = end;
      while (value < text.length() && Blanks.separates(text.charAt(value))) {
        value++;
      }
      if (end == text.length()) {
        throw new Malformed(
            name + " must have two arguments", text, "write " + name + " " + text + "=value");
      }
      pairs.add(pair(text.substring(0, end), text.substring(value), true));
      return pairs;
    }
    for (String written : words) {
      int equals = written.indexOf('=');
      if (equals < 0) {
        throw new Malformed(
            "Syntax error - can't find = in "
                + Quoted.of(written)
                + ". Must be of the form: name=value",
            written,
            "a value with spaces needs quotes");
      }
      pairs.add(pair(written.substring(0, equals), written.substring(equals + 1), false));
    }
    return pairs;
  }

  private Instruction.KeyValue pair(String key, String value, boolean legacy) {
    if (key.isEmpty()) {
      throw new Malformed(name + " names can not be blank", "=" + value);
    }
    return new Instruction.KeyValue(word(key), word(value), legacy);
  }

  private Instruction run() {
    Flags flags = Flags.parse(statement.flags(), RUN_FLAGS);
    List<Word> mounts = new ArrayList<>();
    for (String mount : flags.list("mount")) {
      Word word = new Word(mount, Word.Kind.EXPANDED, escape, origin.range());
      MountParser.checkFrom(mount);
      if (mount.indexOf('$') < 0) {
        MountParser.parse(word, Variables.NONE);
      }
      mounts.add(word);
    }
    return new Instruction.Run(
        origin,
        commandLine(statement.arguments()),
        mounts,
        network(flags.text("network"), statement.flags()),
        security(flags.text("security"), statement.flags()));
  }

  private static Instruction.Run.Network network(String value, List<String> written) {
    return switch (value) {
      case "default" -> Instruction.Run.Network.DEFAULT;
      case "none" -> Instruction.Run.Network.NONE;
      case "host" -> Instruction.Run.Network.HOST;
      default -> {
        if (value.isEmpty() && !written.contains("--network=")) {
          yield Instruction.Run.Network.DEFAULT;
        }
        throw new Malformed(
            "invalid network mode " + Quoted.of(value),
            "--network=" + value,
            "networks of RUN are default, none and host");
      }
    };
  }

  private static Instruction.Run.Security security(String value, List<String> written) {
    return switch (value) {
      case "sandbox" -> Instruction.Run.Security.SANDBOX;
      case "insecure" -> Instruction.Run.Security.INSECURE;
      default -> {
        if (value.isEmpty() && !written.contains("--security=")) {
          yield Instruction.Run.Security.SANDBOX;
        }
        throw new Malformed(
            "security " + Quoted.of(value) + " is not valid",
            "--security=" + value,
            "security of RUN is sandbox or insecure");
      }
    };
  }

  private Instruction expose() {
    List<String> fields = Statement.fields(statement.arguments());
    if (fields.isEmpty()) {
      throw needsArguments();
    }
    Flags.parse(statement.flags(), List.of());
    fields.sort(null);
    List<Word> ports = new ArrayList<>();
    for (String field : fields) {
      Word word = word(field);
      if (isConstant(field)) {
        Ports.expose(field, new ArrayList<>());
      }
      ports.add(word);
    }
    return new Instruction.Expose(origin, ports);
  }

  /** Whether text stays what it is when it is expanded. */
  private static boolean isConstant(String text) {
    for (int index = 0; index < text.length(); index++) {
      if ("$'\"\\`".indexOf(text.charAt(index)) >= 0) {
        return false;
      }
    }
    return true;
  }

  private Instruction volume() {
    List<String> paths = JsonStrings.parse(statement.arguments());
    if (paths == null) {
      paths = Statement.fields(statement.arguments());
    }
    if (paths.isEmpty()) {
      throw needsArguments();
    }
    Flags.parse(statement.flags(), List.of());
    List<Word> words = new ArrayList<>();
    for (String path : paths) {
      String trimmed = Blanks.trim(path);
      if (trimmed.isEmpty()) {
        throw new Malformed("VOLUME specified can not be an empty string", "\"" + path + "\"");
      }
      words.add(word(trimmed));
    }
    return new Instruction.Volume(origin, words);
  }

  private Instruction onBuild() {
    String trigger = statement.arguments();
    if (trigger.isEmpty()) {
      throw needsArguments();
    }
    Flags.parse(statement.flags(), List.of());
    Statement inner = Statement.of(trigger, escape);
    String keyword = inner.keyword().toUpperCase(Locale.ROOT);
    switch (keyword) {
      case "ONBUILD" ->
          throw new Malformed(
              "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", inner.keyword());
      case "FROM", "MAINTAINER" ->
          throw new Malformed(keyword + " isn't allowed as an ONBUILD trigger", inner.keyword());
      default -> {
        Origin place = new Origin(origin.range(), trigger, "");
        InstructionParser.parse(inner, place, heredocs, escape);
      }
    }
    StringBuilder kept = new StringBuilder(trigger);
    for (Heredoc heredoc : heredocs) {
      kept.append('\n').append(heredoc.content()).append(heredoc.name());
    }
    return new Instruction.OnBuild(origin, kept.toString());
  }

  private Instruction stopSignal() {
    String signal = single();
    Word word = word(signal);
    Instruction.StopSignal instruction = new Instruction.StopSignal(origin, word);
    if (isConstant(signal) && !Signals.isSignal(signal)) {
      throw new Malformed("invalid signal: " + signal, signal);
    }
    return instruction;
  }

  private Instruction shell() {
    Flags.parse(statement.flags(), List.of());
    List<String> command = JsonStrings.parse(statement.arguments());
    if (statement.arguments().isEmpty() || (command != null && command.isEmpty())) {
      throw needsArguments();
    }
    if (command == null) {
      throw new Malformed(
          "SHELL requires the arguments to be in JSON form",
          statement.arguments(),
          "write SHELL [\"/bin/bash\", \"-c\"]");
    }
    return new Instruction.Shell(origin, command);
  }
}
