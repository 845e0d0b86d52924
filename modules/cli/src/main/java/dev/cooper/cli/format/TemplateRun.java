package dev.cooper.cli.format;

import dev.cooper.cli.format.TemplateNode.Command;
import dev.cooper.cli.format.TemplateNode.Operand;
import dev.cooper.cli.format.TemplateNode.Pipeline;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One filling-in of a template. */
final class TemplateRun {
  private final @Nullable Object data;
  private final StringBuilder out;
  private final Map<String, Object> variables = new HashMap<>();
  private @Nullable Object dot;

  /** Stands for nil in {@link #variables}, which cannot hold null. */
  private static final Object NIL = new Object();

  TemplateRun(@Nullable Object data, StringBuilder out) {
    this.data = data;
    this.dot = data;
    this.out = out;
  }

  void run(List<TemplateNode> nodes) {
    for (TemplateNode node : nodes) {
      switch (node) {
        case TemplateNode.Text text -> out.append(text.text());
        case TemplateNode.Action action -> {
          Object value = value(action.pipeline());
          if (action.variable() != null) {
            set(action.variable(), value);
          } else {
            out.append(GoText.of(value));
          }
        }
        case TemplateNode.If branch ->
            run(isTrue(value(branch.condition())) ? branch.then() : branch.otherwise());
        case TemplateNode.With with -> with(with);
        case TemplateNode.Range range -> range(range);
      }
    }
  }

  private void with(TemplateNode.With with) {
    Object value = value(with.value());
    if (!isTrue(value)) {
      run(with.otherwise());
      return;
    }
    Object before = dot;
    if (with.variable() != null) {
      set(with.variable(), value);
    }
    dot = value;
    run(with.then());
    dot = before;
  }

  private void range(TemplateNode.Range range) {
    Object value = value(range.value());
    Object before = dot;
    boolean any = false;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : new TreeMap<>(map).entrySet()) {
        any = true;
        turn(range, entry.getKey(), entry.getValue());
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        any = true;
        turn(range, (long) i, list.get(i));
      }
    } else if (value != null) {
      throw failed(range.value().source(), "range can't iterate over " + GoText.of(value));
    }
    dot = before;
    if (!any) {
      run(range.otherwise());
    }
  }

  private void turn(TemplateNode.Range range, Object key, @Nullable Object element) {
    if (range.key() != null) {
      set(range.key(), key);
    }
    if (range.element() != null) {
      set(range.element(), element);
    }
    dot = element;
    run(range.body());
  }

  private void set(String name, @Nullable Object value) {
    variables.put(name, value == null ? NIL : value);
  }

  private @Nullable Object value(Pipeline pipeline) {
    Object result = null;
    boolean first = true;
    for (Command command : pipeline.commands()) {
      result = value(command, pipeline, first, result);
      first = false;
    }
    return result;
  }

  private @Nullable Object value(
      Command command, Pipeline pipeline, boolean first, @Nullable Object piped) {
    List<Operand> operands = command.operands();
    if (operands.get(0) instanceof Operand.Function function) {
      List<@Nullable Object> arguments = new ArrayList<>();
      for (int i = 1; i < operands.size(); i++) {
        arguments.add(value(operands.get(i), pipeline));
      }
      if (!first) {
        arguments.add(piped);
      }
      try {
        return TemplateFunctions.call(function.name(), arguments);
      } catch (TemplateFunctions.Misuse e) {
        throw failed(pipeline.source(), "error calling " + function.name() + ": " + e.getMessage());
      }
    }
    if (operands.size() > 1 || !first) {
      throw failed(pipeline.source(), "can't give argument to non-function");
    }
    return value(operands.get(0), pipeline);
  }

  private @Nullable Object value(Operand operand, Pipeline pipeline) {
    return switch (operand) {
      case Operand.Literal literal -> literal.value();
      case Operand.Field field -> follow(dot, field.names(), pipeline);
      case Operand.Group group -> follow(value(group.pipeline()), group.names(), pipeline);
      case Operand.Function function -> {
        try {
          yield TemplateFunctions.call(function.name(), List.of());
        } catch (TemplateFunctions.Misuse e) {
          throw failed(
              pipeline.source(), "error calling " + function.name() + ": " + e.getMessage());
        }
      }
      case Operand.Variable variable -> {
        if (variable.name().isEmpty()) {
          yield follow(data, variable.names(), pipeline);
        }
        Object value = variables.get(variable.name());
        if (value == null) {
          throw failed(pipeline.source(), "undefined variable \"$" + variable.name() + "\"");
        }
        yield follow(value.equals(NIL) ? null : value, variable.names(), pipeline);
      }
    };
  }

  private static @Nullable Object follow(
      @Nullable Object start, List<String> names, Pipeline pipeline) {
    Object value = start;
    for (String name : names) {
      if (!(value instanceof Map<?, ?> map)) {
        throw failed(
            pipeline.source(),
            value == null
                ? "nil pointer evaluating interface {}." + name
                : "can't evaluate field " + name + " in type " + GoText.type(value));
      }
      if (!map.containsKey(name)) {
        throw failed(pipeline.source(), "map has no entry for key \"" + name + "\"");
      }
      value = map.get(name);
    }
    return value;
  }

  static boolean isTrue(@Nullable Object value) {
    return switch (value) {
      case null -> false;
      case Boolean truth -> truth;
      case Number number -> number.doubleValue() != 0;
      case CharSequence text -> !text.isEmpty();
      case List<?> list -> !list.isEmpty();
      case Map<?, ?> map -> !map.isEmpty();
      default -> true;
    };
  }

  private static CooperException failed(String source, String why) {
    return new CooperException.InvalidInput(
        "template parsing error: template: :1: executing \"\" at <" + source + ">: " + why);
  }
}
