/** The Flink jobs: options to topology to execution, each topology readable on one screen. */
@NullMarked
package dev.lockstep.job;

import org.jspecify.annotations.NullMarked;
