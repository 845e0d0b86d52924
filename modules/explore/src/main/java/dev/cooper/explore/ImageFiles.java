package dev.cooper.explore;

import dev.cooper.elf.ElfFile;
import dev.cooper.elf.FileLookup;
import dev.cooper.explore.fact.Fact;
import dev.cooper.explore.fact.LayerFacts;
import dev.cooper.image.tree.FileNode;
import dev.cooper.image.tree.FileTree;
import java.util.List;
import java.util.Optional;

/** An image's merged view with what is known of its files, as a tree to look for libraries in. */
public final class ImageFiles implements FileLookup {
  private final FileTree tree;
  private final List<LayerFacts> facts;

  /**
   * @param facts of each layer, bottom first
   */
  public ImageFiles(FileTree tree, List<LayerFacts> facts) {
    this.tree = tree;
    this.facts = List.copyOf(facts);
  }

  /** The final file system. */
  public FileTree tree() {
    return tree;
  }

  /** What was learnt from a regular file's bytes. */
  public List<Fact> facts(FileNode file) {
    return file.isFile() && file.size() > 0 && file.contentLayer() >= 0
        ? facts.get(file.contentLayer()).at(file.contentOffset())
        : List.of();
  }

  @Override
  public Optional<String> resolve(String path) {
    FileNode node = tree.resolve(path);
    return node != null && node.isFile() ? Optional.of("/" + node.path()) : Optional.empty();
  }

  @Override
  public Optional<ElfFile> elf(String file) {
    return Optional.ofNullable(tree.lookup(file)).flatMap(this::elf);
  }

  /** The ELF headers of a file; empty when it is no program or library. */
  public Optional<ElfFile> elf(FileNode file) {
    for (Fact fact : facts(file)) {
      if (fact instanceof Fact.Binary binary) {
        return Optional.of(binary.elf());
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> bytes(String file, int limit) {
    FileNode node = tree.lookup(file);
    if (node != null) {
      for (Fact fact : facts(node)) {
        if (fact instanceof Fact.Content content && content.bytes().length <= limit) {
          return Optional.of(content.bytes());
        }
      }
    }
    return Optional.empty();
  }
}
