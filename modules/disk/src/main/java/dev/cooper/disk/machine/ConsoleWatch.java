package dev.cooper.disk.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes a console on while it looks for a text, and keeps the last lines. */
final class ConsoleWatch {
  private static final int LINES = 20;
  private static final int LONGEST_LINE = 4096;
  private static final Pattern ESCAPE = Pattern.compile("\u001b(\\[[0-9;?=]*[A-Za-z]|[()c].?)|\r");
  private static final Pattern STATUS =
      Pattern.compile("The command ended with exit status ([0-9]{1,3})\\.");

  private final String wanted;
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private OptionalInt status = OptionalInt.empty();

  ConsoleWatch(String wanted) {
    this.wanted = wanted;
  }

  /** Copies until the end; completes {@code appeared} as soon as it is known. */
  void copy(InputStream in, OutputStream out, CompletableFuture<Boolean> appeared) {
    byte[] buffer = new byte[8192];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
        take(new String(buffer, 0, read, StandardCharsets.ISO_8859_1), appeared);
      }
    } catch (IOException e) {
      // The machine was stopped, or nobody listens any more: what was seen until now stands.
    } finally {
      appeared.complete(false);
    }
  }

  private synchronized void take(String text, CompletableFuture<Boolean> appeared) {
    for (char letter : text.toCharArray()) {
      if (letter != '\n') {
        line.append(letter);
      }
      if (letter == '\n' || line.length() > LONGEST_LINE) {
        endLine(appeared);
      }
    }
    look(plain(line.toString()), appeared);
  }

  private void endLine(CompletableFuture<Boolean> appeared) {
    String plain = plain(line.toString());
    line.setLength(0);
    look(plain, appeared);
    Matcher ended = STATUS.matcher(plain);
    if (ended.find()) {
      status = OptionalInt.of(Integer.parseInt(ended.group(1)));
    }
    lines.add(plain);
    if (lines.size() > LINES) {
      lines.remove();
    }
  }

  private void look(String text, CompletableFuture<Boolean> appeared) {
    if (!wanted.isEmpty() && text.contains(wanted)) {
      appeared.complete(true);
    }
  }

  private static String plain(String text) {
    return ESCAPE.matcher(text).replaceAll("");
  }

  synchronized OptionalInt status() {
    return status;
  }

  synchronized List<String> lastLines() {
    List<String> all = new java.util.ArrayList<>(lines);
    if (!line.isEmpty()) {
      all.add(plain(line.toString()));
    }
    return List.copyOf(all);
  }
}
