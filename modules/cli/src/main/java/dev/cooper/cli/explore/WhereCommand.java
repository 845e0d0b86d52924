package dev.cooper.cli.explore;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.JsonText;
import dev.cooper.explore.Change;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.LayerInstruction;
import dev.cooper.explore.Origin;
import dev.cooper.explore.Where;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.Image;
import dev.cooper.image.layer.EntryType;
import dev.cooper.image.layer.TarEntry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code cooper where}. */
@Usage(
    name = "where",
    synopsis = "cooper where [OPTIONS] IMAGE PATH",
    description =
        "Show which layer and which instruction give a file, and what hides or removed it."
            + " Exit code 1 when the image does not have it")
public final class WhereCommand implements Command {
  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(2, operands);
    try (Cooper cooper = Cooper.open(invocation.root());
        ExploredImage image = cooper.images().explore(operands.getFirst())) {
      Origin origin = Where.find(image, operands.getLast());
      // Not the report of all layers: only their instructions are told.
      List<LayerInstruction> layers = LayerInstruction.of(image.image());
      PrintStream out = invocation.console().out();
      if (json) {
        out.println(JsonText.indented(document(origin, image.image(), layers)));
      } else {
        print(origin, layers, out);
      }
      return origin.found().isPresent() ? 0 : 1;
    }
  }

  private static void print(Origin origin, List<LayerInstruction> layers, PrintStream out) {
    for (Origin.Link link : origin.links()) {
      out.println(
          VisibleText.of(link.path())
              + " is a link to "
              + VisibleText.of(link.target())
              + " ("
              + from(link.layer(), layers)
              + ")");
    }
    String path = VisibleText.of(origin.path());
    Origin.Obstacle obstacle = origin.obstacle().orElse(null);
    if (origin.found().isPresent()) {
      found(origin, path, layers, out);
      history(origin, layers, out);
    } else if (obstacle != null && obstacle.found().isPresent()) {
      out.println(
          VisibleText.of(obstacle.path())
              + ": a "
              + Attributes.type(obstacle.found().get())
              + ", so nothing is in it");
    } else if (obstacle != null && origin.history().isEmpty() && !obstacle.history().isEmpty()) {
      out.println(path + ": not in the image, nor is " + VisibleText.of(obstacle.path()));
      for (Change change : obstacle.history().reversed()) {
        out.println(
            change.after() == null
                ? "removed by " + from(change.layer(), layers)
                : "was in " + was(change, layers));
      }
    } else {
      out.println(path + ": not in the image");
      history(origin, layers, out);
    }
    for (String similar : origin.similar()) {
      out.println("but there is " + VisibleText.of(similar));
    }
  }

  private static void found(
      Origin origin, String path, List<LayerInstruction> layers, PrintStream out) {
    TarEntry entry = origin.found().orElseThrow();
    out.println(
        path
            + ": "
            + Attributes.mode(entry)
            + " "
            + entry.uid()
            + ":"
            + entry.gid()
            + " "
            + HumanSize.of(entry.size()));
    for (String name : origin.names()) {
      out.println("the same file as " + VisibleText.of(name));
    }
    if (origin.provider().isPresent()) {
      out.println("from " + from(origin.provider().get(), layers));
    } else {
      out.println("no layer lists it: it is there because something is in it");
    }
  }

  private static void history(Origin origin, List<LayerInstruction> layers, PrintStream out) {
    for (Change change : origin.history().reversed()) {
      if (change.after() == null) {
        out.println("removed by " + from(change.layer(), layers));
      } else if (!origin.provider().equals(Optional.of(change.layer()))) {
        out.println(
            (origin.found().isEmpty() ? "was in " : origin.hides(change) ? "hides " : "also in ")
                + was(change, layers));
      }
    }
  }

  private static String was(Change change, List<LayerInstruction> layers) {
    TarEntry entry = change.entry();
    return from(change.layer(), layers)
        + " ("
        + Attributes.mode(entry)
        + " "
        + (entry.type() == EntryType.HARD_LINK
            ? "the same file as /" + VisibleText.of(entry.linkTarget())
            : HumanSize.of(entry.size()))
        + ")";
  }

  private static String from(int layer, List<LayerInstruction> layers) {
    if (layer < 0) {
      return "no layer";
    }
    String instruction = VisibleText.of(layers.get(layer).text());
    return "layer " + (layer + 1) + (instruction.isEmpty() ? "" : ": " + instruction);
  }

  private static Map<String, Object> document(
      Origin origin, Image image, List<LayerInstruction> layers) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Asked", origin.asked());
    document.put("Path", origin.path());
    document.put("Found", origin.found().isPresent());
    origin
        .provider()
        .ifPresent(
            layer -> {
              document.put("Layer", layer + 1);
              document.put("Instruction", layers.get(layer).text());
              document.put("DiffID", image.diffIds().get(layer).toString());
            });
    List<Object> links = new ArrayList<>();
    for (Origin.Link link : origin.links()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Path", link.path());
      fields.put("Target", link.target());
      fields.put("Layer", link.layer() + 1);
      links.add(fields);
    }
    document.put("Links", links);
    document.put("History", history(origin.history(), layers));
    origin.emptied().ifPresent(layer -> document.put("EmptiedBy", layer + 1));
    document.put("Names", new ArrayList<Object>(origin.names()));
    origin
        .obstacle()
        .ifPresent(
            obstacle -> {
              Map<String, Object> fields = new LinkedHashMap<>();
              fields.put("Path", obstacle.path());
              fields.put("Type", obstacle.found().map(Attributes::type).orElse(""));
              fields.put("History", history(obstacle.history(), layers));
              document.put("Obstacle", fields);
            });
    document.put("Similar", new ArrayList<Object>(origin.similar()));
    return document;
  }

  private static List<Object> history(List<Change> changes, List<LayerInstruction> layers) {
    List<Object> list = new ArrayList<>();
    for (Change change : changes) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Layer", change.layer() + 1);
      fields.put("Change", change.kind().word());
      fields.put("Instruction", layers.get(change.layer()).text());
      fields.put("Type", Attributes.type(change.entry()));
      fields.put("Size", change.entry().size());
      list.add(fields);
    }
    return list;
  }
}
