package dev.cooper.explore.doctor;

import static dev.cooper.explore.doctor.Examination.RUNS;
import static dev.cooper.explore.doctor.Examination.base;
import static dev.cooper.explore.doctor.Examination.command;
import static dev.cooper.explore.doctor.Examination.entrypoint;
import static dev.cooper.explore.doctor.Examination.script;
import static dev.cooper.explore.doctor.FindingPair.inLayer;
import static dev.cooper.explore.doctor.FindingPair.inNoLayer;

import dev.cooper.explore.MadeImage;
import dev.cooper.image.ImageConfig;
import dev.cooper.image.layer.TarEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** Images whose command does not start, and the nearest whose does. */
final class CommandPairs {
  private CommandPairs() {}

  static List<FindingPair> noCommand() {
    return List.of(
        inNoLayer("", "nothing to start", base(), app().config(command("/app"))),
        inNoLayer("", "only USER is set", base().config(user("7")), app().config(entrypoint("x"))));
  }

  static List<FindingPair> commandMissing() {
    return List.of(
        inNoLayer(
            "/no", "no such file", app().config(command("/no")), app().config(command("/app"))),
        inNoLayer(
            "",
            "it is in no folder of PATH",
            app().config(command("app")),
            app().config(command("app")).config(c -> env(c, "PATH=/usr/bin:/"))),
        inNoLayer(
            "",
            "it is not below WORKDIR",
            app().config(command("./app")).config(c -> folder(c, "/srv")),
            app().config(command("./app")).config(c -> folder(c, "/"))),
        inNoLayer(
            "/link",
            "it is a link to nothing",
            app().layer("RUN ln", l -> l.link("link", "gone")).config(entrypoint("/link")),
            app().layer("RUN ln", l -> l.link("link", "app")).config(entrypoint("/link"))));
  }

  static List<FindingPair> commandIsDirectory() {
    return List.of(
        inLayer(
            0,
            "/tmp",
            "a directory",
            base().config(command("/tmp")),
            app().config(command("/app"))));
  }

  static List<FindingPair> notExecutable() {
    MadeImage bare = base().layer("COPY", l -> l.file(TarEntry.file("app", 0), RUNS));
    return List.of(
        inLayer(
            1, "/app", "nobody may", bare.config(command("/app")), app().config(command("/app"))),
        inLayer(
            1,
            "/app",
            "its owner may, and USER is another",
            mode(0700).config(command("/app")).config(user("1000")),
            mode(0700).config(command("/app"))),
        inLayer(
            1,
            "/app",
            "USER is in the group that may not",
            mode(0705).config(command("/app")).config(user("1000:0")),
            mode(0705).config(command("/app")).config(user("1000:1000"))),
        inLayer(
            1,
            "/root/app",
            "USER may not enter the folder",
            inRoot().config(command("/root/app")).config(user("app")),
            inRoot().config(command("/root/app")).config(user("root"))),
        inLayer(
            2,
            "/tool",
            "USER is in the group only when it names no other",
            member().config(command("/tool")).config(user("app:10")),
            member().config(command("/tool")).config(user("app"))),
        inLayer(
            1,
            "/start",
            "a script is read by its interpreter",
            startMode(0711).config(command("/start")).config(user("7")),
            startMode(0755).config(command("/start")).config(user("7"))),
        inLayer(
            1,
            "/sh",
            "USER may not execute the interpreter",
            interpreter(0700).config(command("/start")).config(user("7")),
            interpreter(0700).config(command("/start")).config(user("0"))));
  }

  static List<FindingPair> notAProgram() {
    return List.of(
        inLayer(
            1,
            "/start",
            "a script without a first line",
            start("echo hello\n").config(command("/start")),
            start("#!/app\necho hello\n").config(command("/start"))),
        inLayer(
            1,
            "/start",
            "a byte order mark before the first line",
            start("\ufeff#!/app\n").config(command("/start")),
            start("#! /app\n").config(command("/start"))),
        inLayer(
            1,
            "/start",
            "nothing in it",
            start("").config(command("/start")),
            // A shell runs what the kernel refuses.
            start("")
                .layer("COPY sh", l -> l.program("sh", RUNS))
                .config(command("/sh", "/start"))));
  }

  static List<FindingPair> shellForm() {
    return List.of(
        inNoLayer(
            "",
            "dash waits for its one command",
            shell("dash").config(entrypoint("/bin/sh", "-c", "server -x")),
            shell("dash").config(entrypoint("/bin/sh", "-c", "exec server -x"))),
        inNoLayer(
            "",
            "SHELL has options",
            shell("bash").config(entrypoint("/bin/sh", "-o", "pipefail", "-c", "a | b")),
            shell("bash").config(entrypoint("/bin/sh", "-o", "pipefail", "/start"))),
        inNoLayer(
            "",
            "exec is not what comes last",
            shell("dash").config(entrypoint("/bin/sh", "-c", "(exec prepare) && server")),
            shell("dash").config(entrypoint("/bin/sh", "-c", "prepare && exec server"))),
        inNoLayer(
            "",
            "only CMD is ignored",
            shell("busybox").config(entrypoint("/bin/sh", "-c", "cd /srv && server 'a | b'")),
            shell("busybox").config(entrypoint("/bin/sh", "-c", "server \"$@\"", "--"))),
        inNoLayer(
            "",
            "a quoted separator ends no command",
            shell("dash").config(entrypoint("/bin/sh", "-c", "nginx -g 'x; exec y;'")),
            shell("dash").config(entrypoint("/bin/sh", "-c", "a; exec nginx -g 'daemon off;'"))),
        inNoLayer(
            "",
            "ENTRYPOINT, not CMD",
            shell("dash").config(entrypoint("/bin/sh", "-c", "server")),
            shell("dash").config(command("/bin/sh", "-c", "server"))));
  }

  static List<FindingPair> userMissing() {
    return List.of(
        inNoLayer(
            "/etc/passwd",
            "a name that is not there",
            accounts().config(command("/app")).config(user("apps")),
            accounts().config(command("/app")).config(user("app"))),
        inNoLayer(
            "/etc/passwd",
            "even root needs an entry for its name",
            app().config(command("/app")).config(user("root")),
            app().config(command("/app")).config(user("0"))));
  }

  static List<FindingPair> groupMissing() {
    return List.of(
        inNoLayer(
            "/etc/group",
            "a name that is not there",
            accounts().config(command("/app")).config(user("7:app")),
            accounts().config(command("/app")).config(user("7:staff"))),
        inNoLayer(
            "/etc/group",
            "a number needs no entry",
            app().config(command("/app")).config(user("7:staff")),
            app().config(command("/app")).config(user("7:50"))));
  }

  private static MadeImage app() {
    return mode(0755);
  }

  private static MadeImage mode(int mode) {
    return base().layer("COPY app", l -> l.file(TarEntry.file("app", 0).withMode(mode), RUNS));
  }

  private static MadeImage startMode(int mode) {
    return base()
        .layer(
            "COPY",
            l ->
                l.program("sh", RUNS)
                    .file(
                        TarEntry.file("start", 0).withMode(mode),
                        "#!/sh\n".getBytes(StandardCharsets.UTF_8)));
  }

  private static MadeImage interpreter(int mode) {
    return base()
        .layer(
            "COPY",
            l -> script(l, "start", "#!/sh\n").file(TarEntry.file("sh", 0).withMode(mode), RUNS));
  }

  /** The user app is in the group staff (50), beside its own, and staff may start /tool. */
  private static MadeImage member() {
    return base()
        .layer(
            "RUN useradd",
            l ->
                l.file("etc/passwd", "app:x:10:10::/:\n")
                    .file("etc/group", "root:x:0:\nstaff:x:50:root,app\n"))
        .layer("COPY", l -> l.file(TarEntry.file("tool", 0).withMode(0750).withOwner(0, 50), RUNS));
  }

  private static MadeImage inRoot() {
    return base()
        .layer(
            "COPY app /root",
            l ->
                l.file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:10:10::/:\n")
                    .entry(TarEntry.directory("root").withMode(0700))
                    .program("root/app", RUNS));
  }

  private static MadeImage start(String text) {
    return base().layer("COPY", l -> script(l, "start", text).program("app", RUNS));
  }

  private static MadeImage shell(String name) {
    return base().layer("COPY", l -> l.program("bin/" + name, RUNS).link("bin/sh", name));
  }

  private static MadeImage accounts() {
    return app()
        .layer(
            "RUN useradd",
            l ->
                l.file("etc/passwd", "root:x:0:0::/root:/bin/sh\napp:x:10:10::/:\n")
                    .file("etc/group", "root:x:0:\nstaff:x:50:\n"));
  }

  private static UnaryOperator<ImageConfig> user(String user) {
    return c -> c.withConfig(c.config().withUser(user));
  }

  private static ImageConfig env(ImageConfig config, String variable) {
    return config.withConfig(config.config().withEnv(List.of(variable)));
  }

  private static ImageConfig folder(ImageConfig config, String folder) {
    return config.withConfig(config.config().withWorkingDir(folder));
  }
}
