package dev.cooper.cli.build;

import dev.cooper.api.CacheLimit;
import dev.cooper.api.Cooper;
import dev.cooper.builder.BuildFailure;
import dev.cooper.builder.BuildProgress;
import dev.cooper.builder.BuildRequest;
import dev.cooper.builder.BuildResult;
import dev.cooper.cli.Command;
import dev.cooper.cli.Console;
import dev.cooper.cli.Invocation;
import dev.cooper.cli.Operands;
import dev.cooper.cli.UsageException;
import dev.cooper.dockerfile.DockerfileException;
import dev.cooper.flags.Mixin;
import dev.cooper.flags.Option;
import dev.cooper.flags.Parameters;
import dev.cooper.flags.Usage;
import dev.cooper.image.Reference;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code cooper build}. */
@Usage(
    name = "build",
    description = "Build an image from a Dockerfile",
    synopsis = "cooper build [OPTIONS] PATH | URL | -")
public final class BuildCommand implements Command {
  private static final String HELP = "cooper build --help";

  @Option(
      names = {"-f", "--file"},
      paramLabel = "string",
      description = "Name of the Dockerfile (Default is 'PATH/Dockerfile')")
  @Nullable String file;

  @Option(
      names = {"-t", "--tag"},
      paramLabel = "list",
      description = "Name and optionally a tag in the 'name:tag' format")
  List<String> tags = new ArrayList<>();

  @Option(names = "--build-arg", paramLabel = "list", description = "Set build-time variables")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--build-context",
      paramLabel = "stringArray",
      description = "Additional build contexts (e.g., name=path)")
  List<String> contexts = new ArrayList<>();

  @Option(names = "--label", paramLabel = "list", description = "Set metadata for an image")
  List<String> labels = new ArrayList<>();

  @Option(
      names = "--target",
      paramLabel = "string",
      description = "Set the target build stage to build.")
  @Nullable String target;

  @Option(
      names = "--platform",
      paramLabel = "stringArray",
      description = "Set target platform for build")
  List<String> platforms = new ArrayList<>();

  @Option(names = "--no-cache", description = "Do not use cache when building the image")
  boolean noCache;

  @Option(
      names = "--no-cache-filter",
      paramLabel = "stringArray",
      description = "Do not cache specified stages")
  List<String> uncachedStages = new ArrayList<>();

  @Option(
      names = "--secret",
      paramLabel = "stringArray",
      description = "Secret file to expose to the build (format: id=mysecret,src=/local/secret)")
  List<String> secrets = new ArrayList<>();

  @Option(
      names = "--ssh",
      paramLabel = "stringArray",
      description = "SSH agent socket to expose to the build (format: default|<id>[=<socket>])")
  List<String> agents = new ArrayList<>();

  @Option(names = "--pull", description = "Always attempt to pull a newer version of the image")
  boolean pull;

  @Option(
      names = "--network",
      paramLabel = "string",
      description = "Set the networking mode for the RUN instructions during build")
  String network = "default";

  @Mixin OutputFlags output = new OutputFlags();

  @Mixin CacheOptions cacheOptions = new CacheOptions();

  @Mixin RunOptions runOptions = new RunOptions();

  @Mixin VerifyOptions verification = new VerifyOptions();

  @Option(
      names = "--debug",
      description = "Open a shell where a RUN instruction has failed, before its files are removed")
  boolean debug;

  @Option(
      names = {"-q", "--quiet"},
      description = "Suppress the build output and print image ID on success")
  boolean quiet;

  @Option(
      names = "--progress",
      paramLabel = "string",
      description =
          "Set type of progress output (\"auto\", \"none\", \"plain\", \"quiet\", \"rawjson\","
              + " \"tty\"). Use plain to show container output")
  @Nullable String progressMode;

  @Option(
      names = "--call",
      paramLabel = "string",
      description = "Set method for evaluating build (\"check\", \"outline\", \"targets\")")
  @Nullable String call;

  @Option(names = "--check", description = "Shorthand for \"--call=check\"")
  boolean check;

  // Accepted since scripts give it; there is no daemon to keep containers.
  @Option(
      names = "--rm",
      hidden = true,
      description = "Remove intermediate containers after a successful build")
  boolean remove = true;

  @Option(
      names = "--force-rm",
      hidden = true,
      description = "Always remove intermediate containers")
  boolean forceRemove;

  @Parameters List<String> operands = new ArrayList<>();

  @Override
  public int run(Invocation invocation) throws IOException, InterruptedException {
    Operands.exactly(1, operands);
    Console console = invocation.console();
    DefinitionCall definition = DefinitionCall.parse(call, check);
    CacheLimit limit = cacheOptions.limit();
    ProgressMode mode = quiet ? ProgressMode.QUIET : ProgressMode.parse(progressMode);
    try (BuildInput input = new BuildInput(operands.getFirst(), file)) {
      BuildRequest request = request(input, console);
      if (definition != null) {
        return define(invocation, request, definition);
      }
      return verification.isWanted()
          ? verify(invocation, request, mode)
          : build(invocation, request, mode, limit);
    }
  }

  private int build(Invocation invocation, BuildRequest wanted, ProgressMode mode, CacheLimit limit)
      throws IOException, InterruptedException {
    Console console = invocation.console();
    BuildRequest request = wanted;
    PrintStream plain = output.takesStandardOutput() ? console.error() : console.out();
    ShownProgress progress = mode.open(console, plain);
    DebugShell shell = new DebugShell(console, progress);
    if (debug) {
      request = request.withDebugger(shell);
    }
    output.forgetEarlier();
    try (Cooper cooper = Cooper.open(invocation.root())) {
      BuildResult result = build(cooper, request, progress, limit);
      output.write(result);
      if (mode == ProgressMode.QUIET && !output.takesStandardOutput()) {
        console.out().println(result.imageId());
      }
      return 0;
    } catch (DockerfileException e) {
      console.error().print(e.render());
      return 1;
    } catch (BuildFailure e) {
      if (!shell.opened()) {
        tell(e, console, progress);
      }
      throw e;
    }
  }

  private static void tell(BuildFailure failure, Console console, ShownProgress progress) {
    console.out().flush();
    if (!progress.showsOutput() && !failure.lastOutput().isEmpty()) {
      console.error().print("------\n" + failure.lastOutput() + "------\n");
    }
    console.error().print(failure.excerpt());
  }

  /** Builds again to compare. The answer goes to standard output, all else to standard error. */
  private int verify(Invocation invocation, BuildRequest request, ProgressMode mode)
      throws IOException, InterruptedException {
    output.refuseAll("--verify keeps nothing of what it builds");
    Console console = invocation.console();
    ShownProgress progress = mode.open(console, console.error());
    try (Cooper cooper = Cooper.open(invocation.root())) {
      return verification.run(cooper, request, progress, console.out());
    } catch (DockerfileException e) {
      console.error().print(e.render());
      return 1;
    } catch (BuildFailure e) {
      tell(e, console, progress);
      throw e;
    }
  }

  /** Tells about the Dockerfile rather than build it. */
  private int define(Invocation invocation, BuildRequest request, DefinitionCall definition)
      throws IOException, InterruptedException {
    try (Cooper cooper = Cooper.open(invocation.root())) {
      return definition.run(cooper.builder().define(request), request, invocation.console());
    } catch (DockerfileException e) {
      invocation.console().error().print(e.render());
      return 1;
    }
  }

  private BuildResult build(
      Cooper cooper, BuildRequest request, ShownProgress progress, CacheLimit limit)
      throws IOException, InterruptedException {
    WorkNoticed work = new WorkNoticed();
    boolean built = false;
    BuildResult result;
    BuildProgress shown = work.and(progress);
    try {
      result =
          cooper
              .builder(progress.puller(cooper, shown), progress.publisher(cooper, shown))
              .build(request, shown);
      built = true;
    } finally {
      progress.end(built);
    }
    if (work.noticed()) {
      cooper.trimBuildCache(limit);
    }
    return result;
  }

  private BuildRequest request(BuildInput input, Console console) throws IOException {
    List<Reference> names = new ArrayList<>();
    for (String tag : tags) {
      names.add(TagOption.parse(tag));
    }
    Instant epoch = sourceDateEpoch();
    return input
        .request(console)
        .withTags(names)
        .withOutputs(output.outputs(console, epoch))
        .withSquash(output.squash())
        .withTarget(target == null || target.isEmpty() ? null : target)
        .withNamedContexts(ContextOption.parse(contexts))
        .withArguments(arguments())
        .withLabels(pairs(labels))
        .withPlatforms(PlatformOption.parse(platforms))
        .withUseCache(!noCache)
        .withUncachedStages(uncachedStages())
        .withSecrets(SecretOptions.secrets(secrets))
        .withAgents(SecretOptions.agents(agents))
        .withPull(pull)
        .withNetwork(network())
        .withExplain(cacheOptions.explain)
        .withCacheFrom(cacheOptions.sources())
        .withCacheTo(cacheOptions.targets())
        .withRunning(runOptions.settings())
        .withSourceDateEpoch(epoch);
  }

  private Map<String, String> arguments() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals >= 0) {
        values.put(argument.substring(0, equals), argument.substring(equals + 1));
        continue;
      }
      // A bare name passes on this process's own variable.
      String value = System.getenv(argument);
      if (value != null) {
        values.put(argument, value);
      }
    }
    return values;
  }

  private List<String> uncachedStages() {
    List<String> names = new ArrayList<>();
    for (String filter : uncachedStages) {
      names.addAll(List.of(filter.split(",")));
    }
    return names;
  }

  private static Map<String, String> pairs(List<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      pairs.put(
          equals < 0 ? text : text.substring(0, equals),
          equals < 0 ? "" : text.substring(equals + 1));
    }
    return pairs;
  }

  private BuildRequest.Network network() {
    return switch (network.toLowerCase(Locale.ROOT)) {
      case "default", "bridge" -> BuildRequest.Network.DEFAULT;
      case "none" -> BuildRequest.Network.NONE;
      case "host" -> BuildRequest.Network.HOST;
      default ->
          throw new UsageException(
              "unknown network mode: " + network + " (default, none, host)", HELP);
    };
  }

  private @Nullable Instant sourceDateEpoch() {
    String text = arguments().get("SOURCE_DATE_EPOCH");
    if (text == null) {
      text = System.getenv("SOURCE_DATE_EPOCH");
    }
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Instant.ofEpochSecond(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new UsageException(
          "invalid SOURCE_DATE_EPOCH: " + text + " is no number of seconds", HELP);
    }
  }
}
