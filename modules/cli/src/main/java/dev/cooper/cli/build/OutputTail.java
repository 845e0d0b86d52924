package dev.cooper.cli.build;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines that a step wrote, the one it is writing included. */
final class OutputTail {
  private static final int LONGEST = 4096;

  private final int lines;
  private final Deque<String> ended = new ArrayDeque<>();
  private final StringBuilder current = new StringBuilder();

  OutputTail(int lines) {
    this.lines = lines;
  }

  void add(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    while (text.hasRemaining()) {
      char c = text.get();
      if (c == '\n') {
        ended.addLast(TextWidth.plain(current.toString()));
        current.setLength(0);
        if (ended.size() > lines) {
          ended.removeFirst();
        }
      } else if (current.length() < LONGEST) {
        current.append(c);
      }
    }
  }

  /** As they would stand on a terminal. */
  List<String> lines() {
    List<String> all = new ArrayList<>(ended);
    if (!current.isEmpty()) {
      all.add(TextWidth.plain(current.toString()));
    }
    return all.subList(Math.max(0, all.size() - lines), all.size());
  }
}
