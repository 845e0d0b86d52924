package dev.cooper.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The seeds of the tables for words and for patterns, broken at random: an answer or a refusal of
 * the family's, never anything else, never a text that grows without bound, never no end. The
 * number of runs is the system property {@code fuzz.words}; a failure names the seed that brings it
 * back.
 */
@Timeout(300) // no measurement: what hangs is found
class MutationFuzzTest {
  private static final int RUNS = Integer.getInteger("fuzz.words", 30_000);
  private static final String VALUE = "/usr/lib:v*[a]?";
  private static final String SPECIAL = "\\`$\"'{}[]<>=:#%/-?*+!^@, \t\n\r\0\uD800\uFEFFé~.";
  private static final Variables VARIABLES = name -> name.length() % 3 == 0 ? null : VALUE;

  private static List<String> seeds(String table) throws IOException {
    InputStream in = MutationFuzzTest.class.getResourceAsStream(table);
    assertThat(in).as(table).isNotNull();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().filter(line -> !line.isBlank()).toList();
    }
  }

  @Test
  void brokenWordsAreExpandedOrRefused() throws IOException {
    List<String> seeds = seeds("words.csv");
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      String text = mutated(seeds, random);
      char escape = random.nextInt(4) == 0 ? '`' : '\\';
      try {
        String word = Expansion.word(text, escape, VARIABLES);
        assertThat((long) word.length()).as("seed %s: %s", seed, text).isLessThan(bound(text));
        List<String> words = Expansion.words(text, escape, VARIABLES);
        assertThat(words.stream().mapToLong(String::length).sum()).isLessThan(bound(text));
        assertThat(Expansion.word(text, escape, VARIABLES)).isEqualTo(word);
      } catch (DockerfileException e) {
        assertThat(e.problems()).as("seed %s", seed).hasSize(1);
        assertThat(e.getMessage()).as("seed %s", seed).doesNotContain("\n");
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  /** A replacement may be put in at every character of a value, and that for every variable. */
  private static long bound(String text) {
    long values = text.chars().filter(c -> c == '$').count() + 1;
    long longest = Math.max(VALUE.length(), text.length()) + 1;
    return text.length() + values * longest * longest * longest;
  }

  @Test
  void brokenPatternsAreAnsweredOrRefused() throws IOException {
    List<String> seeds = seeds("ignore-patterns.csv");
    for (int seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      String text = mutated(seeds, random).replace(',', '\n');
      String path = path(mutated(seeds, random));
      try {
        IgnoreFile file = IgnoreFile.parse(text);
        boolean ignored = file.ignores(path, random.nextBoolean());
        int slash = path.lastIndexOf('/');
        if (slash > 0 && file.skipsWholly(path.substring(0, slash))) {
          assertThat(ignored).as("seed %s: %s of %s", seed, path, text).isTrue();
        }
        // Rules in front that match nothing change nothing; a byte order mark stands in front of
        // all.
        if (!text.startsWith("\uFEFF")) {
          IgnoreFile again = IgnoreFile.parse("# nothing\n\nno-such-file-anywhere\n" + text);
          assertThat(again.ignores(path, false))
              .as("seed %s: %s of %s", seed, path, text)
              .isEqualTo(file.ignores(path, false));
        }
      } catch (DockerfileException e) {
        assertThat(e.problems()).as("seed %s", seed).isNotEmpty();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + text + " on " + path, e);
      }
    }
  }

  /** A clean relative path out of any text. */
  private static String path(String text) {
    String clean = CleanPath.of("/" + text.replace('\0', 'n').replace('\n', '/')).substring(1);
    return clean.isEmpty() ? "a" : clean;
  }

  private static String mutated(List<String> seeds, Random random) {
    StringBuilder text = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
    int changes = random.nextInt(10);
    for (int change = 0; change < changes && !text.isEmpty(); change++) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(6)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        case 2 -> text.setCharAt(at, SPECIAL.charAt(random.nextInt(SPECIAL.length())));
        case 3 -> text.insert(random.nextInt(text.length()), text.substring(at, end));
        case 4 -> text.insert(at, text.substring(at, end).repeat(1 + random.nextInt(20)));
        default -> text.append(seeds.get(random.nextInt(seeds.size())));
      }
    }
    return text.toString();
  }
}
