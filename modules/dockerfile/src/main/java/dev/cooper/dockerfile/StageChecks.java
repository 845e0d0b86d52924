package dev.cooper.dockerfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks of what instructions do, which depend on the variables they see. */
final class StageChecks {
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "apikey",
          "auth",
          "credential",
          "credentials",
          "key",
          "password",
          "pword",
          "passwd",
          "secret",
          "token");
  private static final Set<String> HARMLESS_WORDS = Set.of("public", "file", "version");

  /** Where a stage has come to, for the stages that are built on it. */
  private record State(
      StageVariables variables, boolean hasShell, boolean hasWorkdir, boolean baseIsKnown) {}

  private final Dockerfile dockerfile;
  private final CheckContext context;
  private final Findings findings;
  private final Map<Integer, State> states = new HashMap<>();

  StageChecks(Dockerfile dockerfile, CheckContext context, Findings findings) {
    this.dockerfile = dockerfile;
    this.context = context;
    this.findings = findings;
  }

  void run() {
    GlobalVariables globals;
    try {
      globals =
          GlobalVariables.of(
              dockerfile.globalArguments(), context.buildArguments(), context.platformArguments());
    } catch (DockerfileException e) {
      return; // The build will say so.
    }
    for (Stage stage : dockerfile.stages()) {
      State start = start(stage, globals);
      boolean wanted = context.stages() == null || context.stages().contains(stage.index());
      // A stage that is not looked into still is what others are built on.
      Findings target = wanted ? findings : new Findings(Directives.CheckOptions.NONE);
      states.put(stage.index(), new Walk(start, target).through(stage));
    }
  }

  private State start(Stage stage, GlobalVariables globals) {
    String image;
    try {
      image = stage.from().image().resolve(globals);
    } catch (DockerfileException e) {
      image = "";
    }
    Stage parent = Stages.named(dockerfile.stages(), image, stage.index());
    State inherited = parent == null ? null : states.get(parent.index());
    if (inherited != null) {
      return new State(
          inherited.variables.inherit(),
          inherited.hasShell,
          inherited.hasWorkdir,
          inherited.baseIsKnown);
    }
    BaseImage found = image.equals("scratch") ? BaseImage.SCRATCH : context.images().find(image);
    BaseImage base = found == null ? BaseImage.SCRATCH : found;
    Map<String, String> environment = new HashMap<>(BaseImage.SCRATCH.environment());
    environment.putAll(base.environment());
    return new State(
        StageVariables.onImage(globals, environment), base.hasShell(), false, found != null);
  }

  /** One stage's way from its first instruction to its last. */
  private final class Walk {
    private final StageVariables variables;
    private final Findings out;
    private final boolean baseIsKnown;
    private final Map<String, SourceRange> last = new HashMap<>();
    private boolean hasShell;
    private boolean hasWorkdir;

    Walk(State start, Findings out) {
      this.variables = start.variables;
      this.hasShell = start.hasShell;
      this.hasWorkdir = start.hasWorkdir;
      this.baseIsKnown = start.baseIsKnown;
      this.out = out;
    }

    State through(Stage stage) {
      for (Instruction instruction : stage.instructions()) {
        try {
          check(instruction);
        } catch (DockerfileException e) {
          continue; // The build will say so when it comes here.
        }
      }
      return new State(variables, hasShell, hasWorkdir, baseIsKnown);
    }

    private void check(Instruction instruction) {
      if (instruction instanceof Instruction.Arg arg) {
        for (Instruction.Arg.Declaration declaration : arg.declarations()) {
          argument(arg, declaration);
        }
        return;
      }
      Uses uses = new Uses(variables);
      try {
        if (instruction instanceof Instruction.Run run) {
          run.mounts(uses);
        } else {
          settled(instruction.resolve(uses), instruction);
        }
      } finally {
        undefined(uses, instruction);
      }
      variables.next(instruction);
    }

    private void argument(Instruction.Arg arg, Instruction.Arg.Declaration declaration) {
      secret("ARG", declaration.name(), arg.origin());
      Word value = declaration.value();
      if (value != null && !context.buildArguments().containsKey(declaration.name())) {
        Uses uses = new Uses(variables);
        try {
          value.resolve(uses);
        } finally {
          undefined(uses, arg);
        }
      }
      variables.next(new Instruction.Arg(arg.origin(), List.of(declaration)));
    }

    private void undefined(Uses uses, Instruction instruction) {
      if (!baseIsKnown) {
        return;
      }
      for (String name : uses.missing) {
        if (!variables.arguments().containsKey(name) && !name.startsWith("BUILDKIT_SBOM_SCAN_")) {
          String near = Suggestion.closest(name, new ArrayList<>(variables.all().keySet()));
          out.add(
              Check.UNDEFINED_VAR,
              instruction.origin(),
              "Usage of undefined variable '$"
                  + name
                  + "'"
                  + (near == null ? "" : " (did you mean $" + near + "?)"));
        }
      }
    }

    private void settled(Instruction instruction, Instruction written) {
      Origin origin = instruction.origin();
      // A pattern switch would read better, but the first one of a program takes milliseconds.
      if (instruction instanceof Instruction.Env env) {
        legacy(env.variables(), origin);
        for (Instruction.KeyValue pair : env.variables()) {
          secret("ENV", pair.key().text(), origin);
        }
      } else if (instruction instanceof Instruction.Label label) {
        legacy(label.labels(), origin);
      } else if (instruction instanceof Instruction.Copy copy) {
        if (copy.from() == null) {
          ignored("Copy", copy.sources(), origin);
        }
      } else if (instruction instanceof Instruction.Add add) {
        ignored("Add", add.sources(), origin);
      } else if (instruction instanceof Instruction.Workdir workdir) {
        workdir(workdir.path().text(), origin);
      } else if (instruction instanceof Instruction.Cmd cmd) {
        command(cmd.command(), origin);
      } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
        command(entrypoint.command(), origin);
      } else if (instruction instanceof Instruction.Healthcheck) {
        once(origin);
      } else if (instruction instanceof Instruction.Shell) {
        hasShell = true;
      } else if (written instanceof Instruction.Expose expose) {
        ports(expose);
      }
    }

    private void legacy(List<Instruction.KeyValue> pairs, Origin origin) {
      if (pairs.getFirst().legacy()) {
        String keyword = origin.keyword();
        out.add(
            Check.LEGACY_KEY_VALUE_FORMAT,
            origin,
            "\""
                + keyword
                + " key=value\" should be used instead of legacy \""
                + keyword
                + " key value\" format");
      }
    }

    private void secret(String instruction, String name, Origin origin) {
      boolean secret = false;
      for (String part : name.toLowerCase(Locale.ROOT).split("_", -1)) {
        if (HARMLESS_WORDS.contains(part)) {
          return;
        }
        secret |= SECRET_WORDS.contains(part);
      }
      if (secret) {
        out.add(
            Check.SECRETS_USED_IN_ARG_OR_ENV,
            origin,
            "Do not use ARG or ENV instructions for sensitive data ("
                + instruction
                + " "
                + Quoted.of(name)
                + ")");
      }
    }

    private void ignored(String verb, List<Word> sources, Origin origin) {
      // Where something may be brought back, nothing is certain without looking at the files.
      if (context.ignoreFile().isEmpty() || context.ignoreFile().hasExceptions()) {
        return;
      }
      for (Word source : sources) {
        String path = source.text();
        if (path.contains("://") || path.startsWith("git@")) {
          continue;
        }
        path = CleanPath.of(path);
        boolean root = path.equals(".") || path.equals("/");
        if (root
            ? context.ignoreFile().ignoresEverything()
            : context
                .ignoreFile()
                .ignores(path.startsWith("/") ? path.substring(1) : path, false)) {
          out.add(
              Check.COPY_IGNORED_FILE,
              origin,
              "Attempting to "
                  + verb
                  + " file "
                  + Quoted.of(path)
                  + " that is excluded by .dockerignore");
        }
      }
    }

    private void workdir(String path, Origin origin) {
      if (!hasWorkdir && !path.startsWith("/")) {
        out.add(
            Check.WORKDIR_RELATIVE_PATH,
            origin,
            "Relative workdir "
                + Quoted.of(path)
                + " can have unexpected results if the base image changes");
      }
      hasWorkdir = true;
    }

    private void command(CommandLine command, Origin origin) {
      once(origin);
      if (command instanceof CommandLine.ShellForm && !hasShell) {
        out.add(
            Check.JSON_ARGS_RECOMMENDED,
            origin,
            "JSON arguments recommended for "
                + origin.keyword()
                + " to prevent unintended behavior related to OS signals");
      }
    }

    /** The earlier one is reported, for it is the one that has no effect. */
    private void once(Origin origin) {
      SourceRange earlier = last.put(origin.keyword().toUpperCase(Locale.ROOT), origin.range());
      if (earlier != null) {
        out.add(
            Check.MULTIPLE_INSTRUCTIONS_DISALLOWED,
            origin,
            earlier,
            "Multiple "
                + origin.keyword()
                + " instructions should not be used in the same stage because only the last one"
                + " will be used");
      }
    }

    private void ports(Instruction.Expose expose) {
      for (Word word : expose.ports()) {
        for (String port : Expansion.words(word, variables)) {
          Ports.Specification specification = Ports.parse(port);
          String protocol = specification.protocol();
          if (!protocol.equals(protocol.toLowerCase(Locale.ROOT))) {
            out.add(
                Check.EXPOSE_PROTO_CASING,
                expose.origin(),
                "Defined protocol '" + port + "' in EXPOSE instruction should be lowercase");
          }
          if (!specification.address().isEmpty() || !specification.hostPort().isEmpty()) {
            out.add(
                Check.EXPOSE_INVALID_FORMAT,
                expose.origin(),
                "EXPOSE instruction should not define an IP address or host-port mapping, found '"
                    + port
                    + "'");
          }
        }
      }
    }
  }
}
