package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settles several words at once. */
final class Words {
  private Words() {}

  static @Nullable Word resolve(@Nullable Word word, Variables variables) {
    return word == null ? null : word.resolved(variables);
  }

  static List<Word> resolve(List<Word> words, Variables variables) {
    List<Word> settled = new ArrayList<>(words.size());
    for (Word word : words) {
      settled.add(word.resolved(variables));
    }
    return settled;
  }

  static List<Heredoc> resolve(List<Heredoc> heredocs, Variables variables, SourceRange range) {
    List<Heredoc> settled = new ArrayList<>(heredocs.size());
    for (Heredoc heredoc : heredocs) {
      settled.add(heredoc.resolved(variables, range));
    }
    return settled;
  }

  static List<Word> literals(List<String> texts, SourceRange range) {
    List<Word> words = new ArrayList<>(texts.size());
    for (String text : texts) {
      words.add(Word.literal(text, range));
    }
    return words;
  }

  static DockerfileException problem(SourceRange range, Word word, String message) {
    return new DockerfileException(new Problem(range, word.text(), message, List.of()));
  }
}
