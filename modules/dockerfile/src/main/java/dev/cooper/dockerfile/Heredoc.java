package dev.cooper.dockerfile;

/**
 * A here-document.
 *
 * @param name its delimiter, which is also the name of the file that COPY and ADD make of it
 * @param content its lines, each ending in a line feed. Of a {@code <<-} document the leading tabs
 *     are still there: see {@link #text()}
 * @param expand whether variables in it are replaced: true unless the delimiter is quoted
 * @param chomp whether leading tabs are dropped from each line ({@code <<-})
 * @param fileDescriptor the number before {@code <<}; 0 if there is none
 */
public record Heredoc(
    String name, String content, boolean expand, boolean chomp, int fileDescriptor) {}
