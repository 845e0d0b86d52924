package dev.cooper.cli.explore;

import dev.cooper.api.Cooper;
import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.cli.Version;
import dev.cooper.cli.format.JsonText;
import dev.cooper.cli.format.TextTable;
import dev.cooper.explore.ExploredImage;
import dev.cooper.explore.bill.BillOfMaterials;
import dev.cooper.explore.bill.Component;
import dev.cooper.explore.bill.CycloneDxDocument;
import dev.cooper.explore.bill.SpdxDocument;
import dev.cooper.explore.fact.VisibleText;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** {@code cooper sbom}. */
@Usage(
    name = "sbom",
    synopsis = "cooper sbom [OPTIONS] IMAGE",
    description =
        "List the software in an image: packages of Debian, Alpine and RPM, Java archives,"
            + " Node and Python packages, Go modules")
public final class SbomCommand implements Command {
  @Option(
      names = "--format",
      paramLabel = "string",
      description = "spdx (SPDX 2.3 JSON), cyclonedx (CycloneDX 1.5 JSON) or table (default spdx)")
  String format = "spdx";

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws Exception {
    Operands.exactly(1, operands);
    if (!List.of("spdx", "cyclonedx", "table").contains(format)) {
      throw new UsageException(
          "invalid value for --format: " + format + " is not spdx, cyclonedx or table",
          "cooper sbom --help");
    }
    String name = operands.getFirst();
    try (Cooper cooper = Cooper.open(invocation.root());
        ExploredImage image = cooper.images().explore(name)) {
      BillOfMaterials bill = BillOfMaterials.of(image, name, cooper.images().facts());
      for (BillOfMaterials.UnreadDatabase database : bill.unread()) {
        invocation
            .console()
            .error()
            .println(
                "Warning: "
                    + VisibleText.of(database.path())
                    + " could not be read whole ("
                    + database.why()
                    + "): packages that it lists may be missing here");
      }
      PrintStream out = invocation.console().out();
      switch (format) {
        case "cyclonedx" ->
            out.println(JsonText.indented(CycloneDxDocument.of(bill, "cooper", Version.NUMBER)));
        case "table" -> print(bill, out);
        default ->
            out.println(JsonText.indented(SpdxDocument.of(bill, "cooper-" + Version.NUMBER)));
      }
    }
    return 0;
  }

  private static void print(BillOfMaterials bill, PrintStream out) {
    TextTable table = new TextTable();
    table.row("TYPE", "NAME", "VERSION", "LAYER", "PATH");
    for (Component component : bill.components()) {
      table.row(
          component.type(),
          VisibleText.of(component.fullName()),
          VisibleText.of(component.version()),
          component.layer().map(layer -> Integer.toString(layer + 1)).orElse(""),
          VisibleText.of(component.path()));
    }
    table.print(out);
  }
}
