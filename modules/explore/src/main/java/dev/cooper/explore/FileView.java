package dev.cooper.explore;

import dev.cooper.explore.fact.VisibleText;
import dev.cooper.image.layer.PathBytes;
import dev.cooper.image.layer.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What is in one file, as lines for a terminal: text, or for anything else hexadecimal. */
public final class FileView {
  /** As much as anybody reads on a terminal. */
  private static final int MOST = 256 << 10;

  private static final int MOST_BINARY = 16 << 10;
  private static final int PER_LINE = 16;
  private static final int TAB = 8;

  private final String title;
  private final List<String> lines;
  private int top;

  private FileView(String title, List<String> lines) {
    this.title = title;
    this.lines = List.copyOf(lines);
  }

  /** Reads the beginning of a file; the stream stays open. */
  static FileView of(TarEntry entry, InputStream content) throws IOException {
    byte[] bytes = content.readNBytes(MOST);
    boolean text = isText(bytes);
    int shown = text ? bytes.length : Math.min(bytes.length, MOST_BINARY);
    List<String> lines = text ? text(bytes) : hexadecimal(bytes, shown);
    if (shown < entry.size()) {
      lines.add("(" + (entry.size() - shown) + " more bytes are not shown)");
    }
    return new FileView("/" + VisibleText.of(entry.path()), lines);
  }

  /** A note in the place of a file's contents. */
  public static FileView note(String path, String note) {
    return new FileView("/" + VisibleText.of(path), List.of(note));
  }

  /** Lines that are no file's. */
  public static FileView page(String title, List<String> lines) {
    return new FileView(title, lines);
  }

  /** What is shown above the lines. */
  public String title() {
    return title;
  }

  /** All lines, which hold nothing that a terminal would obey. */
  public List<String> lines() {
    return lines;
  }

  /** The first line to show, from 0. */
  public int top() {
    return top;
  }

  /** Scrolls by lines, not beyond either end. */
  public void scroll(long by) {
    top = Math.clamp(top + by, 0, Math.max(0, lines.size() - 1));
  }

  private static boolean isText(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
    }
    return true;
  }

  private static List<String> text(byte[] bytes) {
    List<String> lines = new ArrayList<>();
    // Bytes that are not UTF-8 come out as escapes, like those of names.
    for (String line : PathBytes.decode(bytes).split("\n", -1)) {
      lines.add(VisibleText.of(tabsFilled(line)));
    }
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static String tabsFilled(String line) {
    if (line.indexOf('\t') < 0) {
      return line;
    }
    StringBuilder filled = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        filled.append(" ".repeat(TAB - filled.length() % TAB));
      } else {
        filled.append(c);
      }
    }
    return filled.toString();
  }

  private static List<String> hexadecimal(byte[] bytes, int length) {
    List<String> lines = new ArrayList<>();
    HexFormat pairs = HexFormat.ofDelimiter(" ");
    for (int at = 0; at < length; at += PER_LINE) {
      int end = Math.min(at + PER_LINE, length);
      StringBuilder letters = new StringBuilder();
      for (int i = at; i < end; i++) {
        letters.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
      }
      String hex = pairs.formatHex(bytes, at, end);
      lines.add(
          HexFormat.of().toHexDigits(at, 8)
              + "  "
              + hex
              + " ".repeat(3 * PER_LINE - 1 - hex.length())
              + "  "
              + letters);
    }
    return lines;
  }
}
