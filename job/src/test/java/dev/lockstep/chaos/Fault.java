package dev.lockstep.chaos;

import java.time.Duration;
import java.util.Random;

/** What is done to a running system. */
enum Fault {
  KILL_TASK_MANAGER("kill -9 of a task manager", 6) {
    @Override
    void inject(ChaosSystem system, Random random) {
      system.flink().killTaskManager(random.nextInt(system.flink().taskManagerCount()));
    }
  },
  /** It believes that it is still in charge when it goes on; others have taken over by then. */
  PAUSE_TASK_MANAGER("a task manager stopped for longer than its heartbeat", 2) {
    @Override
    void inject(ChaosSystem system, Random random) throws Exception {
      int position = random.nextInt(system.flink().taskManagerCount());
      system.pause(system.flink().taskManager(position), Duration.ofSeconds(9));
    }
  },
  KILL_JOB_MANAGER("kill -9 of the job manager", 3) {
    @Override
    void inject(ChaosSystem system, Random random) {
      system.flink().killJobManager();
    }
  },
  KILL_BROKER("kill -9 of the Kafka broker", 3) {
    @Override
    void inject(ChaosSystem system, Random random) {
      system.kafka().kill();
      system.kafka().restart();
    }
  },
  PAUSE_BROKER("the Kafka broker stopped for a while", 2) {
    @Override
    void inject(ChaosSystem system, Random random) throws Exception {
      system.pause(system.kafka().pid(), Duration.ofSeconds(8));
    }
  },
  KILL_ELASTICSEARCH("kill -9 of Elasticsearch", 2) {
    @Override
    void inject(ChaosSystem system, Random random) {
      system.elasticsearch().kill();
      system.elasticsearch().restart();
    }
  },
  FILL_ELASTICSEARCH("Elasticsearch answers 429 for a while", 2) {
    @Override
    void inject(ChaosSystem system, Random random) throws Exception {
      system.refuseForLackOfRoom(Duration.ofSeconds(5));
    }
  },
  RESCALE("stop with savepoint, restore at another parallelism", 3) {
    @Override
    void inject(ChaosSystem system, Random random) throws Exception {
      system.rescale();
    }
  };

  private final String words;
  private final int weight;

  Fault(String words, int weight) {
    this.words = words;
    this.weight = weight;
  }

  /** Does it, and undoes what does not heal by itself. */
  abstract void inject(ChaosSystem system, Random random) throws Exception;

  /** Returns one by chance; what happens more often in life is more likely. */
  static Fault any(Random random) {
    int sum = 0;
    for (Fault fault : values()) {
      sum += fault.weight;
    }
    int chosen = random.nextInt(sum);
    for (Fault fault : values()) {
      chosen -= fault.weight;
      if (chosen < 0) {
        return fault;
      }
    }
    throw new IllegalStateException("weights do not add up");
  }

  /** Whether it can happen while the system is still recovering from another fault. */
  boolean canFollowAtOnce() {
    return this != RESCALE;
  }

  @Override
  public String toString() {
    return words;
  }
}
