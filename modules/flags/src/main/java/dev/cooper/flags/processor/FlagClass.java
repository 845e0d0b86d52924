package dev.cooper.flags.processor;

import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;
import dev.cooper.flags.processor.Declarations.Declared;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.TypeElement;

/** The text of the class that sets one command's fields. */
final class FlagClass {
  static final String SUFFIX = "Flags";

  private final TypeElement command;
  private final Declarations declarations;

  FlagClass(TypeElement command, Declarations declarations) {
    this.command = command;
    this.declarations = declarations;
  }

  String source() {
    String qualified = command.getQualifiedName().toString();
    String type = command.getSimpleName().toString();
    Usage usage = command.getAnnotation(Usage.class);
    return """
        package %s;

        import dev.cooper.flags.CommandFlags;
        import dev.cooper.flags.Flag;

        /** The flags of {@link %s}. */
        @javax.annotation.processing.Generated("dev.cooper.flags.processor.FlagProcessor")
        public final class %s extends CommandFlags<%s> {
          public %s() {
            this(new %s());
          }

          public %s(%s command) {
            super(command);
          }

          @Override
          public String name() {
            return %s;
          }

          @Override
          public String synopsis() {
            return %s;
          }

          @Override
          public String description() {
            return %s;
          }

          @Override
          public Flag[] flags() {
            return new Flag[] {
        %s    };
          }

          @Override
          protected void set(int flag, String value) {
            switch (flag) {
        %s      default -> throw new IndexOutOfBoundsException(flag);
            }
          }

          @Override
          protected boolean operand(String word) {
            %s
          }
        }
        """
        .formatted(
            qualified.substring(0, qualified.lastIndexOf('.')),
            type,
            type + SUFFIX,
            type,
            type + SUFFIX,
            type,
            type + SUFFIX,
            type,
            literal(usage.name()),
            literal(String.join("\n\t", usage.synopsis())),
            literal(String.join("\n", usage.description())),
            flags(),
            cases(),
            declarations.operands() == null
                ? "return false;"
                : "return " + declarations.operands() + ".add(word);");
  }

  private String flags() {
    StringBuilder text = new StringBuilder();
    for (Declared flag : declarations.flags()) {
      Option option = flag.option();
      List<String> names = new ArrayList<>();
      for (String name : option.names()) {
        names.add(literal(name));
      }
      boolean isSwitch = flag.type() == Declarations.Type.TRUTH;
      String alone = isSwitch && option.fallbackValue().isEmpty() ? "true" : option.fallbackValue();
      String label =
          isSwitch ? "" : option.paramLabel().isEmpty() ? flag.type().label() : option.paramLabel();
      text.append("      new Flag(new String[] {").append(String.join(", ", names)).append("}, ");
      text.append(literal(label)).append(", ").append(literal(option.description())).append(", ");
      text.append(option.hidden()).append(", ");
      text.append(alone.isEmpty() ? "null" : literal(alone)).append("),\n");
    }
    return text.toString();
  }

  private String cases() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < declarations.flags().size(); i++) {
      text.append("      case ").append(i).append(" -> ");
      text.append(assignment(declarations.flags().get(i))).append(";\n");
    }
    return text.toString();
  }

  private static String assignment(Declared flag) {
    String field = flag.field();
    return switch (flag.type()) {
      case TRUTH -> field + " = truth(value)";
      case INTEGER -> field + " = integer(value)";
      case WHOLE -> field + " = whole(value)";
      case DECIMAL -> field + " = decimal(value)";
      case TEXT -> field + " = value";
      case PATH -> field + " = java.nio.file.Path.of(value)";
      case CHOICE -> field + " = choice(" + flag.typeName() + ".values(), value)";
      case LIST -> {
        String split = flag.option().split();
        yield split.isEmpty()
            ? field + ".add(value)"
            : "split(" + field + ", value, " + literal(split) + ")";
      }
    };
  }

  private static String literal(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
