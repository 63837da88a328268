package dev.lockstep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.configuration.Configuration;

@AnalyzeClasses(
    packages = {"dev.lockstep.job", "dev.lockstep.cli", "dev.lockstep.local"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class JobArchitectureTest {

  private static final String[] STAGES = {
    "dev.lockstep.job.ingest..",
    "dev.lockstep.job.control..",
    "dev.lockstep.job.detect..",
    "dev.lockstep.job.deliver..",
    "dev.lockstep.job.index..",
    "dev.lockstep.job.retry..",
    "dev.lockstep.job.statistics..",
    "dev.lockstep.job.backtest..",
    "dev.lockstep.job.parity.."
  };

  /** Only the topologies see more than one stage. */
  @ArchTest
  static final ArchRule stagesDoNotSeeOneAnother =
      slices()
          .matching(
              "dev.lockstep.job.(ingest|control|detect|deliver|index|retry|statistics|backtest|parity)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule judgementSeesNoConnector =
      noClasses()
          .that()
          .resideInAPackage("dev.lockstep.job.detect..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lockstep.connector.kafka..",
              "dev.lockstep.connector.launchdarkly..",
              "dev.lockstep.connector.elasticsearch..",
              "dev.lockstep.connector.content..",
              "org.apache.kafka..",
              "com.launchdarkly..",
              "org.elasticsearch..");

  @ArchTest
  static final ArchRule onlyConfigTouchesFlinksConfiguration =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lockstep.job.config..", "dev.lockstep.local..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Configuration.class);

  @ArchTest
  static final ArchRule onlyStateMakesStateDescriptors =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lockstep.job.state..")
          .should()
          .callConstructorWhere(
              com.tngtech.archunit.core.domain.JavaConstructorCall.Predicates.target(
                  com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner(
                      com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo(
                          StateDescriptor.class))));

  @ArchTest
  static final ArchRule jobsDoNotKnowWhereTheyRun =
      noClasses()
          .that()
          .resideInAPackage("dev.lockstep.job..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.lockstep.local..", "dev.lockstep.cli..");

  @ArchTest
  static final ArchRule stagesReadNoWallClock =
      noClasses()
          .that()
          .resideInAnyPackage(STAGES)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(java.time.Instant.class, "now");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.lockstep.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");
}
