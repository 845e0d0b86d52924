package dev.cooper.cli.explore;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.JsonText;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.LayerInstruction;
import dev.cooper.explore.doctor.Doctor;
import dev.cooper.explore.doctor.Finding;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code cooper doctor}. */
@Usage(
    name = "doctor",
    synopsis = "cooper doctor [OPTIONS] IMAGE",
    description =
        "Find what will not work in an image, and why, without running it."
            + " Exit code 1 when something is found that cannot work")
public final class DoctorCommand implements Command {
  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Leave notes out")
  boolean quiet;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    try (Cooper cooper = Cooper.open(invocation.root());
        ExploredImage image = cooper.images().explore(operands.getFirst())) {
      List<Finding> findings = new ArrayList<>(Doctor.examine(image, cooper.images().facts()));
      findings.removeIf(finding -> quiet && finding.severity() == Finding.Severity.NOTE);
      List<LayerInstruction> steps = LayerInstruction.of(image.image());
      PrintStream out = invocation.console().out();
      if (json) {
        out.println(JsonText.indented(document(findings, steps)));
      } else {
        print(findings, steps, out);
      }
      return findings.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR) ? 1 : 0;
    }
  }

  private static void print(List<Finding> findings, List<LayerInstruction> steps, PrintStream out) {
    if (findings.isEmpty()) {
      out.println("Nothing found.");
    }
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      out.println(
          word(finding)
              + ": "
              + (finding.path().isEmpty() ? "" : VisibleText.of(finding.path()) + ": ")
              + finding.message());
      // Ten files of one kind in one layer need their cure told once.
      if (i + 1 < findings.size() && alike(finding, findings.get(i + 1))) {
        continue;
      }
      finding
          .layer()
          .ifPresent(
              layer ->
                  out.println(
                      "    in layer "
                          + (layer + 1)
                          + (steps.get(layer).text().isEmpty()
                              ? ""
                              : ": " + VisibleText.of(steps.get(layer).text()))));
      if (!finding.instruction().isEmpty()) {
        out.println("    set by: " + VisibleText.of(finding.instruction()));
      }
      out.println("    cure: " + finding.cure());
    }
  }

  private static boolean alike(Finding a, Finding b) {
    return a.severity() == b.severity()
        && a.kind() == b.kind()
        && a.layer().equals(b.layer())
        && a.instruction().equals(b.instruction())
        && a.cure().equals(b.cure());
  }

  private static Map<String, Object> document(
      List<Finding> findings, List<LayerInstruction> steps) {
    List<Object> list = new ArrayList<>();
    for (Finding finding : findings) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Severity", word(finding));
      fields.put("Kind", finding.kind().word());
      fields.put("Path", finding.path());
      finding
          .layer()
          .ifPresent(
              layer -> {
                fields.put("Layer", layer + 1);
                fields.put("Instruction", steps.get(layer).text());
              });
      if (!finding.instruction().isEmpty()) {
        fields.put("SetBy", finding.instruction());
      }
      fields.put("Message", finding.message());
      fields.put("Cure", finding.cure());
      list.add(fields);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("Findings", list);
    return document;
  }

  private static String word(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }
}
