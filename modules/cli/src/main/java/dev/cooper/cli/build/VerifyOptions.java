package dev.cooper.cli.build;

import dev.cooper.api.Cooper;
import dev.cooper.api.Verification;
import dev.cooper.builder.BuildRequest;
import dev.cooper.cli.UsageException;
import dev.cooper.flags.Option;
import java.io.IOException;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code --verify}: builds again to see whether an image is what its Dockerfile and context give.
 */
final class VerifyOptions {
  @Option(
      names = "--verify",
      paramLabel = "IMAGE",
      description =
          "Build again without any cache, keep nothing, and show how the result differs from an"
              + " image; exit with 1 if it does. Times count if SOURCE_DATE_EPOCH is given, or was"
              + " when the image was built")
  @Nullable String image;

  @Option(names = "--json", description = "Print what --verify found as JSON")
  boolean json;

  /** Whether the command is to verify rather than build. */
  boolean isWanted() {
    if (json && image == null) {
      throw new UsageException(
          "--json prints what --verify found", "cooper build --verify IMAGE --json .");
    }
    return image != null;
  }

  /**
   * Verifies, and prints what was found.
   *
   * @return the command's exit code: 0 if the image came out again, 1 if it did not
   */
  int run(Cooper cooper, BuildRequest request, ShownProgress progress, PrintStream out)
      throws IOException, InterruptedException {
    String name = String.valueOf(image);
    boolean built = false;
    Verification verification;
    try {
      verification = cooper.verify(name, request, progress, progress.puller(cooper, progress));
      built = true;
    } finally {
      progress.end(built);
    }
    if (json) {
      out.println(VerificationDocument.of(verification));
    } else {
      new VerificationText(name, out).print(verification);
    }
    return verification.isSame() ? 0 : 1;
  }
}
