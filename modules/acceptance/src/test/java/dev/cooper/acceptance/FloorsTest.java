package dev.cooper.acceptance;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The house's rule: a module imports only from floors below its own, never sideways. */
class FloorsTest {
  /** Floor of each module; the picture in ARCHITECTURE.md. */
  private static final Map<String, Integer> FLOORS =
      Map.ofEntries(
          Map.entry("linux", 0),
          Map.entry("image", 0),
          Map.entry("dockerfile", 0),
          Map.entry("elf", 0),
          Map.entry("flags", 0),
          Map.entry("store", 1),
          Map.entry("registry", 1),
          Map.entry("runtime", 1),
          Map.entry("explore", 1),
          Map.entry("base", 1),
          Map.entry("disk", 1),
          Map.entry("builder", 2),
          Map.entry("engine", 2),
          Map.entry("api", 3),
          Map.entry("cli", 4));

  private static final JavaClasses COOPER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.cooper");

  private static String module(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith("dev.cooper.")) {
      return "";
    }
    String rest = name.substring("dev.cooper.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  @Test
  void aModuleImportsOnlyFromFloorsBelowItsOwn() {
    classes()
        .should(
            new ArchCondition<JavaClass>("import only from floors below") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                String from = module(type);
                type.getDirectDependenciesFromSelf()
                    .forEach(
                        dependency -> {
                          String to = module(dependency.getTargetClass());
                          if (!to.isEmpty()
                              && !to.equals(from)
                              && FLOORS.get(to) >= FLOORS.get(from)) {
                            events.add(
                                SimpleConditionEvent.violated(type, dependency.getDescription()));
                          }
                        });
              }
            })
        .check(COOPER);
  }

  @Test
  void everyModuleHasAFloor() {
    TreeSet<String> modules = new TreeSet<>();
    COOPER.forEach(type -> modules.add(module(type)));
    assertThat(modules).isNotEmpty();
    assertThat(FLOORS.keySet()).containsAll(modules);
  }

  @Test
  void packagesOfAModuleDoNotDependOnEachOtherInCircles() {
    slices().matching("dev.cooper.(*)..").should().beFreeOfCycles().check(COOPER);
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.cooper.cli..")
        .should(callMethod(System.class, "exit", int.class))
        .check(COOPER);
  }
}
