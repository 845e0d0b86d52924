package dev.cooper.cli;

import dev.cooper.base.ShellWords;
import dev.cooper.flags.Option;
import dev.cooper.flags.Usage;
import dev.cooper.image.CooperException;
import dev.cooper.runtime.Privileges;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code cooper quickstart}: from an empty folder to a running container and a booted machine. Each
 * step is a command that a user could type; it is printed, then run, so that nothing happens here
 * that cannot be repeated by hand.
 */
@Usage(
    name = "quickstart",
    synopsis = "cooper quickstart [OPTIONS]",
    description = {
      "From an empty folder to a running container and a booted machine, step by step"
    })
final class QuickstartCommand implements Command {
  private static final String DOCKERFILE =
      """
      FROM scratch
      MAINTAINER Cooper <cooper@example.com>
      ADD ./ /
      RUN rm /Dockerfile
      """;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "The folder to work in (default \"quickstart\")")
  String output = "quickstart";

  @Option(names = "--no-boot", description = "Stop before the disk is written and booted")
  boolean withoutBoot;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long the machine may take to come up (default 180)")
  int timeout = 180;

  private record Step(String title, List<String> words) {}

  @Override
  public int run(Invocation invocation) throws IOException {
    Path folder = Path.of(output).toAbsolutePath().normalize();
    Path context = folder.resolve("minios");
    Path disk = folder.resolve("minios.img");
    if (Files.exists(context) && !Files.isRegularFile(context.resolve("Dockerfile"))) {
      throw new CooperException.Conflict(
          context + " is there already and is not from a quickstart",
          "name another folder with -o, or remove it");
    }
    boolean root = Privileges.isRoot();
    PrintStream out = invocation.console().out();
    out.println(
        "Cooper takes a Linux system from nothing to running. Everything goes to " + folder);
    Files.createDirectories(folder);
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step(
            "A root file system from one static busybox",
            List.of("base", "busybox", "-o", text(context))));
    steps.add(
        new Step("An image of it: FROM scratch", List.of("build", "-t", "minios", text(context))));
    steps.add(new Step("Images on this machine", List.of("images")));
    steps.add(new Step("The layers of the image", List.of("history", "minios")));
    if (root) {
      steps.add(
          new Step(
              "A container of it",
              List.of(
                  "run",
                  "--rm",
                  "minios",
                  "/bin/sh",
                  "-c",
                  "echo Hello from minios, process $$; ls /; uname -sr")));
    }
    if (!withoutBoot) {
      steps.add(
          new Step(
              "A disk that boots, made without root, mount or loop device",
              List.of("disk", "minios", "--kernel", "debian", "-o", text(disk))));
      steps.add(
          new Step(
              "The disk boots in QEMU",
              List.of(
                  "boot",
                  text(disk),
                  "--check",
                  "minios is up",
                  "--timeout",
                  Integer.toString(timeout))));
    }
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      out.println();
      out.println("[" + (i + 1) + "/" + steps.size() + "] " + step.title());
      if (step.words().get(0).equals("build")) {
        Files.writeString(context.resolve("Dockerfile"), dockerfile(root));
        out.println("$ cat " + text(context) + "/Dockerfile");
        out.print(dockerfile(root));
      }
      out.println("$ cooper " + ShellWords.join(step.words()));
      out.flush();
      int status = runStep(step, invocation);
      if (status != 0) {
        invocation
            .console()
            .error()
            .println(
                "quickstart stopped: step "
                    + (i + 1)
                    + " ended with exit code "
                    + status
                    + "; the steps before it are done, and the command above can be repeated");
        return status;
      }
    }
    out.println();
    if (!root) {
      out.println("Running containers needs root; the steps that do were left out.");
    }
    out.println("That is all of it. Next: cooper run --rm -it minios /bin/sh");
    return 0;
  }

  /** RUN needs root; without it the Dockerfile is kept out by .dockerignore's means: not added. */
  private static String dockerfile(boolean root) {
    return root ? DOCKERFILE : DOCKERFILE.replace("RUN rm /Dockerfile\n", "");
  }

  private static int runStep(Step step, Invocation invocation) {
    List<String> words = new ArrayList<>();
    words.add("--root");
    words.add(invocation.root().toString());
    if (invocation.debug()) {
      words.add("--debug");
    }
    words.addAll(step.words());
    return CommandLineRunner.run(words.toArray(new String[0]), invocation.console());
  }

  /** A path as a user would type it: relative where it lies below the current folder. */
  private static String text(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
  }
}
