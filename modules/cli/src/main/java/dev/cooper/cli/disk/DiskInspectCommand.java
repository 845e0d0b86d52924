package dev.cooper.cli.disk;

import dev.cooper.cli.Command;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.format.HumanSize;
import dev.cooper.cli.format.JsonText;
import dev.cooper.cli.format.TextTable;
import dev.cooper.disk.inspect.Disk;
import dev.cooper.disk.inspect.FileSystem;
import dev.cooper.disk.partition.FoundPartition;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code cooper disk inspect}. */
@Usage(
    name = "disk inspect",
    synopsis = "cooper disk inspect [OPTIONS] FILE",
    description = "Show the partitions, file systems and files of a disk, in any of the formats")
public final class DiskInspectCommand implements Command {
  @Option(
      names = {"-l", "--files"},
      description = "List every file")
  boolean files;

  @Option(names = "--json", description = "Print JSON")
  boolean json;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws IOException {
    Operands.exactly(1, operands);
    PrintStream out = invocation.console().out();
    try (Disk disk = Disk.open(Path.of(operands.getFirst()))) {
      if (json) {
        out.println(JsonText.indented(document(disk)));
      } else {
        print(disk, out);
      }
    }
    return 0;
  }

  private void print(Disk disk, PrintStream out) throws IOException {
    String table =
        disk.table().map(found -> found.scheme() + " " + found.id()).orElse("no partitions");
    out.printf("%s: %s, %s, %s%n", disk.file(), format(disk), HumanSize.binary(disk.size()), table);
    TextTable text = new TextTable();
    text.row("NUMBER", "TYPE", "START", "SIZE", "FILE SYSTEM", "LABEL", "USED", "ID");
    for (Disk.Volume volume : disk.volumes()) {
      Optional<FoundPartition> partition = volume.partition();
      Optional<FileSystem> system = volume.fileSystem();
      text.row(
          partition.map(found -> String.valueOf(found.number())).orElse("-"),
          partition.map(FoundPartition::type).orElse("whole disk"),
          String.valueOf(partition.map(FoundPartition::start).orElse(0L)),
          HumanSize.binary(partition.map(FoundPartition::size).orElse(disk.size())),
          system.map(FileSystem::type).orElse("-"),
          system.map(FileSystem::label).filter(label -> !label.isEmpty()).orElse("-"),
          system.map(found -> HumanSize.binary(found.used())).orElse("-"),
          system.map(FileSystem::id).orElse("-"));
    }
    text.print(out);
    if (files) {
      for (Disk.Volume volume : disk.volumes()) {
        if (volume.fileSystem().isPresent()) {
          String name =
              volume.partition().map(found -> "Partition " + found.number()).orElse("The disk");
          out.println();
          out.println(name + ":");
          FileRow.of(volume.fileSystem().get().read()).forEach(row -> out.println(row.text()));
        }
      }
    }
  }

  private Map<String, Object> document(Disk disk) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("file", disk.file().toString());
    document.put("format", format(disk));
    document.put("size", disk.size());
    disk.table()
        .ifPresent(
            table -> {
              document.put("partitionTable", table.scheme().name().toLowerCase(Locale.ROOT));
              document.put("id", table.id());
            });
    List<Object> volumes = new ArrayList<>();
    for (Disk.Volume volume : disk.volumes()) {
      volumes.add(document(volume));
    }
    document.put("volumes", volumes);
    return document;
  }

  private Map<String, Object> document(Disk.Volume volume) throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    volume
        .partition()
        .ifPresent(
            partition -> {
              document.put("partition", partition.number());
              document.put("type", partition.type());
              document.put("start", partition.start());
              document.put("size", partition.size());
              document.put("id", partition.id());
              document.put("name", partition.name());
            });
    if (volume.fileSystem().isPresent()) {
      FileSystem system = volume.fileSystem().get();
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("type", system.type());
      facts.put("label", system.label());
      facts.put("id", system.id());
      facts.put("size", system.size());
      facts.put("used", system.used());
      if (files) {
        facts.put("files", FileRow.of(system.read()).stream().map(FileRow::document).toList());
      }
      document.put("fileSystem", facts);
    }
    return document;
  }

  private static String format(Disk disk) {
    return disk.format().name().toLowerCase(Locale.ROOT);
  }
}
