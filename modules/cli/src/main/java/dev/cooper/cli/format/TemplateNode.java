package dev.cooper.cli.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a template. */
sealed interface TemplateNode {
  /** Text between actions. */
  record Text(String text) implements TemplateNode {}

  /** {@code {{pipeline}}}, or {@code {{$name := pipeline}}}, which prints nothing. */
  record Action(@Nullable String variable, Pipeline pipeline) implements TemplateNode {}

  /** {@code {{if}}}. */
  record If(Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise)
      implements TemplateNode {}

  /** {@code {{with}}}. */
  record With(
      @Nullable String variable,
      Pipeline value,
      List<TemplateNode> then,
      List<TemplateNode> otherwise)
      implements TemplateNode {}

  /** {@code {{range}}}, with up to two variables. */
  record Range(
      @Nullable String key,
      @Nullable String element,
      Pipeline value,
      List<TemplateNode> body,
      List<TemplateNode> otherwise)
      implements TemplateNode {}

  /** Commands joined by {@code |}; each result becomes the next one's last argument. */
  record Pipeline(List<Command> commands, String source) {}

  /** A function with arguments, or a single operand. */
  record Command(List<Operand> operands) {}

  /** Something that has a value. */
  sealed interface Operand {
    /** A literal; nil is null. */
    record Literal(@Nullable Object value) implements Operand {}

    /** {@code .}, {@code .A.B}; no names for the dot alone. */
    record Field(List<String> names) implements Operand {}

    /** {@code $x.A}; the empty name is {@code $}, the data as given. */
    record Variable(String name, List<String> names) implements Operand {}

    /** {@code (pipeline).A}. */
    record Group(Pipeline pipeline, List<String> names) implements Operand {}

    /** A function's name. */
    record Function(String name) implements Operand {}
  }
}
