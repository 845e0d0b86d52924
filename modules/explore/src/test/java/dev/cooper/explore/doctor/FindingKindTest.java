package dev.cooper.explore.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.explore.MadeImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of finding is found where it is, and not in the nearest image that is innocent. */
class FindingKindTest {
  @ParameterizedTest
  @EnumSource
  void aKindIsFoundWhereItIsAndNowhereElse(FindingKind kind) {
    for (FindingPair pair : pairs(kind)) {
      List<Finding> found = of(kind, pair.sick());
      assertThat(found).as(pair.what()).hasSize(1);
      Finding finding = found.getFirst();
      assertThat(finding.path()).as(pair.what()).isEqualTo(pair.path());
      assertThat(finding.layer()).as(pair.what()).isEqualTo(pair.layer());
      assertThat(finding.message()).as(pair.what()).isNotBlank();
      assertThat(finding.cure()).as(pair.what()).isNotBlank();
      assertThat(of(kind, pair.sound())).as("not %s", pair.what()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKindIsInTheDocumentation(FindingKind kind) throws IOException {
    assertThat(Files.readString(Path.of("../../docs/inside.md"))).contains("`" + kind.word() + "`");
  }

  private static List<Finding> of(FindingKind kind, MadeImage image) {
    return Examination.examine(image).stream().filter(f -> f.kind() == kind).toList();
  }

  /** A kind without a pair does not compile. */
  private static List<FindingPair> pairs(FindingKind kind) {
    return switch (kind) {
      case NO_COMMAND -> CommandPairs.noCommand();
      case COMMAND_MISSING -> CommandPairs.commandMissing();
      case COMMAND_IS_DIRECTORY -> CommandPairs.commandIsDirectory();
      case NOT_EXECUTABLE -> CommandPairs.notExecutable();
      case NOT_A_PROGRAM -> CommandPairs.notAProgram();
      case SHELL_FORM_ENTRYPOINT -> CommandPairs.shellForm();
      case USER_MISSING -> CommandPairs.userMissing();
      case GROUP_MISSING -> CommandPairs.groupMissing();
      case MISSING_INTERPRETER -> ProgramPairs.missingInterpreter();
      case MISSING_LIBRARY -> ProgramPairs.missingLibrary();
      case LIBRARY_TOO_OLD -> ProgramPairs.libraryTooOld();
      case WRONG_ARCHITECTURE -> ProgramPairs.wrongArchitecture();
      case SCRIPT_CARRIAGE_RETURN -> ProgramPairs.carriageReturn();
      case SCRIPT_INTERPRETER_RELATIVE -> ProgramPairs.relativeInterpreter();
      case SCRIPT_INTERPRETER_MISSING -> ProgramPairs.scriptInterpreterMissing();
      case NO_CA_CERTIFICATES -> SystemPairs.noCertificates();
      case NO_TMP -> SystemPairs.noTmp();
      case TMP_MODE -> SystemPairs.tmpMode();
      case SET_ID -> SystemPairs.setId();
      case WORLD_WRITABLE -> SystemPairs.worldWritable();
      case SECRET -> SecretPairs.secret();
      case SECRET_IN_LOWER_LAYER -> SecretPairs.secretInLowerLayer();
      case SECRET_IN_CONFIG -> SecretPairs.secretInConfig();
    };
  }
}
