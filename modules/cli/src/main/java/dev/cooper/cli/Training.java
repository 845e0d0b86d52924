package dev.cooper.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the commands whose start matters, so that the JVM records their classes in its AOT cache.
 * The one argument names a folder that may be filled and is thrown away by the caller. What a
 * machine cannot do (run containers, without root) is trained as far as it goes.
 */
public final class Training {
  private Training() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]).toAbsolutePath();
    Path root = folder.resolve("root");
    Path context = Files.createDirectories(folder.resolve("context/files"));
    for (int i = 0; i < 200; i++) {
      Files.writeString(context.resolve("file-" + i), "content ".repeat(500) + i);
    }
    Files.writeString(
        folder.resolve("context/Dockerfile"),
        """
        FROM scratch
        LABEL trained=yes
        ENV A=b PATH=/bin:$PATH
        WORKDIR /srv
        COPY . /
        ADD files /copy/
        RUN ["/true"]
        EXPOSE 80
        CMD ["/true"]
        """);
    Path program = folder.resolve("context/true");
    Files.write(program, TrueProgram.bytes(System.getProperty("os.arch")));
    if (!program.toFile().setExecutable(true)) {
      throw new IllegalStateException(program + " cannot be made executable");
    }
    String where = folder.resolve("context").toString();
    for (List<String> line :
        List.of(
            List.of("build", "-t", "trained", where),
            List.of("build", "-t", "trained:again", where),
            List.of("version"),
            List.of("images"),
            List.of("history", "trained"),
            List.of("inspect", "trained"),
            List.of("layers", "trained"),
            List.of("where", "trained", "/file-1"),
            List.of("doctor", "trained"),
            List.of("sbom", "trained"),
            List.of("run", "--help"),
            List.of("run", "--rm", "--network", "none", "trained"),
            List.of("run", "--name", "kept", "trained", "/true"),
            List.of("ps", "-a"),
            List.of("logs", "kept"),
            List.of("rm", "kept"),
            List.of("rmi", "trained:again"))) {
      run(root, line);
    }
    // The cache is written as the JVM exits in good order.
  }

  private static void run(Path root, List<String> line) {
    List<String> words = new ArrayList<>(List.of("--root", root.toString()));
    words.addAll(line);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    // Through Main, which is then in the cache too.
    Main.run(
        words.toArray(new String[0]),
        new Console(new ByteArrayInputStream(new byte[0]), nowhere, nowhere));
  }
}
