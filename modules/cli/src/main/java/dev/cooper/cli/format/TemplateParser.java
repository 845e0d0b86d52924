package dev.cooper.cli.format;

import dev.cooper.cli.format.TemplateNode.Command;
import dev.cooper.cli.format.TemplateNode.Operand;
import dev.cooper.cli.format.TemplateNode.Pipeline;
import dev.cooper.image.CooperException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a template's text into nodes. */
final class TemplateParser {
  private static final int DEEPEST = 100;
  private final String text;
  private int at;
  private List<String> words = List.of();
  private int word;
  private boolean trimNext;
  private int depth;

  TemplateParser(String text) {
    this.text = text;
  }

  List<TemplateNode> parse() {
    List<TemplateNode> nodes = new ArrayList<>();
    String end = block(nodes);
    if (end != null) {
      throw wrong("unexpected {{" + end + "}}");
    }
    return nodes;
  }

  /** Reads nodes up to {@code end} or {@code else}, which it returns; null at the text's end. */
  private @Nullable String block(List<TemplateNode> nodes) {
    if (++depth > DEEPEST) {
      throw wrong("nested too deeply");
    }
    while (true) {
      int open = text.indexOf("{{", at);
      String literal = open < 0 ? text.substring(at) : text.substring(at, open);
      if (trimNext) {
        literal = literal.stripLeading();
        trimNext = false;
      }
      boolean trims =
          open >= 0
              && text.startsWith("{{-", open)
              && open + 3 < text.length()
              && Character.isWhitespace(text.charAt(open + 3));
      if (trims) {
        literal = literal.stripTrailing();
      }
      if (!literal.isEmpty()) {
        nodes.add(new TemplateNode.Text(literal));
      }
      if (open < 0) {
        at = text.length();
        depth--;
        return null;
      }
      words = TemplateWords.split(actionText(open + (trims ? 3 : 2)));
      word = 0;
      if (words.isEmpty()) {
        continue; // a comment, or nothing
      }
      switch (peek()) {
        case "end", "else" -> {
          depth--;
          return next();
        }
        case "if" -> nodes.add(conditional());
        case "with" -> nodes.add(with());
        case "range" -> nodes.add(range());
        default -> nodes.add(action());
      }
    }
  }

  /** The text of the action that begins at {@code from}; moves behind its closing braces. */
  private String actionText(int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"' || c == '`') {
        i = TemplateWords.endOfQuote(text, i);
        if (i < 0) {
          throw wrong("unterminated quoted string");
        }
      } else if (text.startsWith("}}", i)) {
        at = i + 2;
        int end = i;
        if (end > from + 1
            && text.charAt(end - 1) == '-'
            && Character.isWhitespace(text.charAt(end - 2))) {
          trimNext = true;
          end--;
        }
        return text.substring(from, end);
      } else {
        i++;
      }
    }
    throw wrong("unclosed action");
  }

  private TemplateNode action() {
    String variable = declaration();
    return new TemplateNode.Action(variable, wholePipeline());
  }

  private TemplateNode conditional() {
    next();
    Pipeline condition = wholePipeline();
    List<TemplateNode> then = new ArrayList<>();
    List<TemplateNode> otherwise = new ArrayList<>();
    String end = block(then);
    if ("else".equals(end)) {
      if ("if".equals(peek())) {
        otherwise.add(conditional());
        return new TemplateNode.If(condition, then, otherwise);
      }
      end = block(otherwise);
    }
    requireEnd(end);
    return new TemplateNode.If(condition, then, otherwise);
  }

  private TemplateNode with() {
    next();
    String variable = declaration();
    Pipeline value = wholePipeline();
    List<TemplateNode> then = new ArrayList<>();
    List<TemplateNode> otherwise = new ArrayList<>();
    String end = block(then);
    if ("else".equals(end)) {
      end = block(otherwise);
    }
    requireEnd(end);
    return new TemplateNode.With(variable, value, then, otherwise);
  }

  private TemplateNode range() {
    next();
    String key = null;
    String element = null;
    if (peek().startsWith("$") && word + 2 < words.size() && words.get(word + 1).equals(",")) {
      key = next().substring(1);
      next();
      element = declaration();
      if (element == null) {
        throw wrong("range can only initialize variables");
      }
    } else {
      element = declaration();
    }
    Pipeline value = wholePipeline();
    List<TemplateNode> body = new ArrayList<>();
    List<TemplateNode> otherwise = new ArrayList<>();
    String end = block(body);
    if ("else".equals(end)) {
      end = block(otherwise);
    }
    requireEnd(end);
    return new TemplateNode.Range(key, element, value, body, otherwise);
  }

  private void requireEnd(@Nullable String end) {
    if (!"end".equals(end)) {
      throw wrong("unexpected EOF");
    }
  }

  /** {@code $name :=} or {@code $name =}; null when there is none. */
  private @Nullable String declaration() {
    if (peek().startsWith("$")
        && word + 1 < words.size()
        && (words.get(word + 1).equals(":=") || words.get(word + 1).equals("="))) {
      String name = next().substring(1);
      next();
      return name;
    }
    return null;
  }

  private Pipeline wholePipeline() {
    Pipeline pipeline = pipeline();
    if (word < words.size()) {
      throw wrong("unexpected \"" + words.get(word) + "\" in command");
    }
    return pipeline;
  }

  private Pipeline pipeline() {
    int from = word;
    List<Command> commands = new ArrayList<>();
    do {
      List<Operand> operands = new ArrayList<>();
      while (word < words.size() && !peek().equals("|") && !peek().startsWith(")")) {
        operands.add(operand());
      }
      if (operands.isEmpty()) {
        throw wrong("missing value for command");
      }
      commands.add(new Command(operands));
    } while (word < words.size() && peek().equals("|") && next() != null);
    return new Pipeline(commands, String.join(" ", words.subList(from, word)));
  }

  private Operand operand() {
    String token = next();
    char c = token.charAt(0);
    if (c == '(') {
      if (++depth > DEEPEST) {
        throw wrong("nested too deeply");
      }
      Pipeline pipeline = pipeline();
      depth--;
      String close = next();
      if (!close.startsWith(")")) {
        throw wrong("unclosed left paren");
      }
      return new Operand.Group(pipeline, names(close.substring(1)));
    }
    if (c == '"' || c == '`') {
      return new Operand.Literal(TemplateWords.unquoted(token));
    }
    if (c == '.') {
      return new Operand.Field(names(token));
    }
    if (c == '$') {
      int dot = token.indexOf('.');
      return new Operand.Variable(
          dot < 0 ? token.substring(1) : token.substring(1, dot),
          names(dot < 0 ? "" : token.substring(dot)));
    }
    if (Character.isDigit(c) || ((c == '-' || c == '+') && token.length() > 1)) {
      try {
        return new Operand.Literal(
            token.indexOf('.') < 0 ? (Object) Long.decode(token) : Double.valueOf(token));
      } catch (NumberFormatException e) {
        throw wrong("bad number syntax: \"" + token + "\"");
      }
    }
    return switch (token) {
      case "true" -> new Operand.Literal(true);
      case "false" -> new Operand.Literal(false);
      case "nil" -> new Operand.Literal(null);
      default -> {
        if (!TemplateFunctions.has(token)) {
          throw wrong(
              Character.isLetter(c)
                  ? "function \"" + token + "\" not defined"
                  : "unexpected \"" + token + "\" in operand");
        }
        yield new Operand.Function(token);
      }
    };
  }

  private List<String> names(String dotted) {
    List<String> names = new ArrayList<>();
    for (String name : dotted.split("\\.", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  private String peek() {
    return word < words.size() ? words.get(word) : "";
  }

  private String next() {
    if (word >= words.size()) {
      throw wrong("unexpected end of action");
    }
    return words.get(word++);
  }

  private CooperException wrong(String what) {
    int line = 1;
    for (int i = 0; i < Math.min(at, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return new CooperException.InvalidInput(
        "template parsing error: template: :" + line + ": " + what);
  }
}
