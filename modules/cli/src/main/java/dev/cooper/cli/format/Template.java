package dev.cooper.cli.format;

import dev.cooper.image.CooperException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of Go's text/template that people use in {@code --format}: fields, variables, pipelines,
 * {@code if}, {@code range}, {@code with}, and the functions of Go and of Docker's command.
 *
 * <p>Data are maps, lists, texts, numbers and truth values. A field that a map does not have is an
 * error, as with Docker.
 */
public final class Template {
  private final List<TemplateNode> nodes;

  private Template(List<TemplateNode> nodes) {
    this.nodes = nodes;
  }

  /**
   * Reads a template.
   *
   * @throws CooperException.InvalidInput {@code template parsing error: …}
   */
  public static Template parse(String text) {
    return new Template(new TemplateParser(text).parse());
  }

  /**
   * Fills the template in.
   *
   * @throws CooperException.InvalidInput when the data lack a field, or a function cannot work on
   *     what it is given
   */
  public String render(@Nullable Object data) {
    StringBuilder out = new StringBuilder();
    new TemplateRun(data, out).run(nodes);
    return out.toString();
  }
}
