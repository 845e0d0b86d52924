/**
 * The Dockerfile language: text to resolved instructions. Pure: no file, network or clock is
 * touched, and no other module is known.
 *
 * <pre>{@code
 * Dockerfile file = Dockerfile.parse(text, new ParseOptions("Dockerfile"));
 * IgnoreFile ignored = IgnoreFile.parse(ignoreText);
 * List<Warning> warnings = Checks.run(file, ignored);
 *
 * GlobalVariables globals =
 *     GlobalVariables.of(
 *         file.globalArguments(), buildArguments, PlatformArguments.of(build, target, stageName));
 * Stage stage = file.target(stageName);
 * Instruction.From from = stage.from().resolve(globals);
 * StageVariables variables = StageVariables.onImage(globals, imageEnvironment);
 * for (Instruction instruction : stage.instructions()) {
 *   Instruction settled = variables.next(instruction);
 *   // every Word in it now is a plain text; RUN's mounts are run.mounts(variables)
 * }
 * }</pre>
 *
 * <p>What is wrong with a file is a {@link dev.cooper.dockerfile.DockerfileException}, which holds
 * all {@link dev.cooper.dockerfile.Problem}s at once and can show their lines with a caret. What is
 * only doubtful is a {@link dev.cooper.dockerfile.Warning} of {@link dev.cooper.dockerfile.Checks}.
 *
 * <p>Everything here is an immutable value and safe for any number of threads, but for {@link
 * dev.cooper.dockerfile.StageVariables}, which goes along a stage.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
@NullMarked
package dev.cooper.dockerfile;

import org.jspecify.annotations.NullMarked;
