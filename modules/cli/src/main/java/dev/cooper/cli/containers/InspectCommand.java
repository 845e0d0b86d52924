package dev.cooper.cli.containers;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Failures;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.format.JsonText;
import dev.cooper.cli.format.Template;
import dev.cooper.engine.Containers;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code cooper inspect}: containers and images, and of one kind only in its grouped forms. */
@Usage(
    name = "inspect",
    synopsis = "cooper inspect [OPTIONS] NAME|ID [NAME|ID...]",
    description = "Return low-level information on containers and images")
public final class InspectCommand implements Command {
  @Option(
      names = {"-f", "--format"},
      paramLabel = "string",
      description = "Format output using a Go template")
  @Nullable String format;

  @Option(
      names = {"-s", "--size"},
      description = "Display total file sizes if the type is container")
  boolean size;

  @Option(
      names = "--type",
      paramLabel = "string",
      description = "Return JSON for specified type (container, image)")
  String type = "";

  @Parameters List<String> operands = new ArrayList<>();

  /** The command for one kind: {@code container inspect}, {@code image inspect}. */
  public static InspectCommand of(String kind) {
    InspectCommand command = new InspectCommand();
    command.type = kind;
    return command;
  }

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.atLeast(1, operands);
    if (!List.of("", "container", "image").contains(type)) {
      throw new UsageException(
          "\"" + type + "\" is not a valid value for --type", "cooper inspect --help");
    }
    Template template =
        format == null || format.equals("json") ? null : Template.parse(unescaped(format));
    int status = 0;
    List<Object> documents = new ArrayList<>();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      for (String name : operands) {
        try {
          Map<String, Object> document = document(cooper, name);
          if (template != null) {
            invocation.console().out().println(template.render(document));
          } else {
            documents.add(document);
          }
        } catch (CooperException e) {
          invocation.console().out().flush();
          invocation.console().error().println("Error: " + Failures.message(e));
          status = 1;
        }
      }
    }
    if (template == null) {
      invocation
          .console()
          .out()
          .println(format == null ? JsonText.indented(documents) : JsonText.compact(documents));
    }
    return status;
  }

  private Map<String, Object> document(Cooper cooper, String name) throws IOException {
    if (!type.equals("image")) {
      Optional<Containers.Status> container = cooper.containers().find(name);
      if (container.isPresent()) {
        Map<String, Object> document = cooper.document(container.get());
        if (size) {
          Containers.Sizes sizes = cooper.containers().sizes(container.get().container().id());
          document.put("SizeRw", sizes.changes());
          document.put("SizeRootFs", sizes.changes() + sizes.image());
        }
        return document;
      }
      if (type.equals("container")) {
        throw new CooperException.NotFound("No such container: " + name);
      }
    }
    Optional<StoredImage> image = cooper.images().find(name);
    if (image.isEmpty()) {
      throw new CooperException.NotFound(
          "No such " + (type.isEmpty() ? "object" : "image") + ": " + name);
    }
    return cooper.images().document(image.get());
  }

  private static String unescaped(String text) {
    return text.replace("\\t", "\t").replace("\\n", "\n");
  }
}
