package dev.cooper.dockerfile;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HEALTHCHECK. */
final class HealthcheckParser {
  private static final List<Flags.Flag> FLAGS =
      List.of(
          new Flags.Flag("interval", Flags.Kind.TEXT),
          new Flags.Flag("timeout", Flags.Kind.TEXT),
          new Flags.Flag("start-period", Flags.Kind.TEXT),
          new Flags.Flag("start-interval", Flags.Kind.TEXT),
          new Flags.Flag("retries", Flags.Kind.TEXT));

  private HealthcheckParser() {}

  /**
   * @throws Malformed if it is no proper HEALTHCHECK
   */
  static Instruction parse(Statement statement, Origin origin) {
    String text = statement.arguments();
    if (text.isEmpty()) {
      throw new Malformed("HEALTHCHECK requires at least one argument", statement.keyword());
    }
    int end = 0;
    while (end < text.length() && !Blanks.isSpace(text.charAt(end))) {
      end++;
    }
    String type = text.substring(0, end).toUpperCase(Locale.ROOT);
    String rest = text.substring(Blanks.firstNonSpace(text, end));
    if (type.equals("NONE")) {
      if (!rest.isEmpty()) {
        throw new Malformed("HEALTHCHECK NONE takes no arguments", rest);
      }
      return new Instruction.Healthcheck(origin, null, null, null, null, null, null);
    }
    Flags flags = Flags.parse(statement.flags(), FLAGS);
    if (!type.equals("CMD")) {
      throw new Malformed(
          "Unknown type " + Quoted.of(type) + " in HEALTHCHECK (try CMD)", text.substring(0, end));
    }
    CommandLine command = InstructionParser.commandLine(rest, List.of());
    if (rest.isEmpty()
        || (command instanceof CommandLine.ExecForm exec && exec.arguments().isEmpty())) {
      throw new Malformed("Missing command after HEALTHCHECK CMD", text);
    }
    return new Instruction.Healthcheck(
        origin,
        command,
        duration(flags, "interval"),
        duration(flags, "timeout"),
        duration(flags, "start-period"),
        duration(flags, "start-interval"),
        retries(flags.text("retries")));
  }

  private static @Nullable Duration duration(Flags flags, String name) {
    String text = flags.text(name);
    return text.isEmpty() ? null : GoDuration.ofFlag(name, text);
  }

  private static @Nullable Integer retries(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int retries;
    try {
      retries = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Malformed(
          "strconv.ParseInt: parsing " + Quoted.of(text) + ": invalid syntax",
          text,
          "--retries takes a number");
    }
    if (retries < 0) {
      throw new Malformed("--retries cannot be negative (" + retries + ")", text);
    }
    return retries;
  }
}
