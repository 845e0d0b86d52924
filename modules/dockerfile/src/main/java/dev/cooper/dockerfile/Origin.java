package dev.cooper.dockerfile;

/**
 * Where an instruction was written and how.
 *
 * @param range its lines, heredocs included
 * @param text the instruction as written, with continuation lines joined and without heredoc
 *     bodies: {@code COPY a b}. It is what progress lines and image history show
 * @param comment the comment block directly above it, without {@code #}; empty if there is none
 */
public record Origin(SourceRange range, String text, String comment) {}
