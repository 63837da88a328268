package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.lockstep.connector",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ConnectorsArchitectureTest {

  /** What connectors share: wire records, and machinery that knows no system outside. */
  private static final String[] SHARED = {
    "dev.lockstep.connector.wire..",
    "dev.lockstep.connector.latest..",
    "dev.lockstep.connector.watch..",
    "dev.lockstep.connector.secret.."
  };

  @ArchTest
  static final ArchRule connectorsDoNotSeeOneAnother =
      slices()
          .matching("dev.lockstep.connector.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(JavaClass.Predicates.resideInAPackage("dev.lockstep.."), shared());

  @ArchTest
  static final ArchRule sharedPartsKnowNoSystemOutside =
      noClasses()
          .that()
          .resideInAnyPackage(SHARED)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.elasticsearch..",
              "com.launchdarkly..",
              "org.apache.flink.connector.kafka..",
              "org.apache.flink.connector.elasticsearch..");

  @ArchTest
  static final ArchRule clientsStayInTheirConnector =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lockstep.connector.launchdarkly..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.launchdarkly..");

  @ArchTest
  static final ArchRule connectorsDoNotSeeJobs =
      noClasses().should().dependOnClassesThat().resideInAPackage("dev.lockstep.job..");

  private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> shared() {
    return JavaClass.Predicates.resideInAnyPackage(SHARED);
  }
}
