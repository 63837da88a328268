package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class RulesArchitectureTest {

  @ArchTest
  static final ArchRule judgementIsPlainJava =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.lockstep..",
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson.core..",
              "com.google.re2j..",
              "inet.ipaddr..",
              "org.snakeyaml.engine..",
              "com.dynatrace.hash4j..",
              "com.datadoghq.sketch.ddsketch..");

  /** What is estimated is for correlations alone to say, and by what they say so. */
  @ArchTest
  static final ArchRule sketchesAreForCorrelations =
      noClasses()
          .that()
          .doNotHaveSimpleName("DistinctSketch")
          .and()
          .doNotHaveSimpleName("PercentileSketch")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.dynatrace.hash4j..", "com.datadoghq..");

  @ArchTest
  static final ArchRule yamlIsReadWhereContentIsParsedOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lockstep.sigma..", "dev.lockstep.content..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule noClockNoRandomnessNoEnvironment =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .orShould()
          .callMethod(System.class, "getProperty", String.class)
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("java\\.util\\.(Random|random\\..*|SplittableRandom)");

  /** Rules are rewritten before anything is compiled or judged; a mapping sees their text alone. */
  @ArchTest
  static final ArchRule mappingKnowsRulesOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.lockstep.mapping..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lockstep.program..", "dev.lockstep.content..");

  /** An import writes text, which is read and judged like any other. */
  @ArchTest
  static final ArchRule importingKnowsDocumentsOnly =
      noClasses()
          .that()
          .resideInAPackage("dev.lockstep.elastalert..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lockstep.program..", "dev.lockstep.content..", "dev.lockstep.mapping..");

  /** Content comes from a directory by one class; all else works on what it is given. */
  @ArchTest
  static final ArchRule noFilesOutsideOfContent =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lockstep.content..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..");

  /** An explanation follows the judgement, and takes nothing that is read or written. */
  @ArchTest
  static final ArchRule explainingIsAboutJudgementOnly =
      classes()
          .that()
          .resideInAPackage("dev.lockstep.explain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.lockstep.explain..",
              "dev.lockstep.program..",
              "dev.lockstep.sigma..",
              "dev.lockstep.event..",
              "java..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.lockstep.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");
}
