/**
 * Tests of what runs Lockstep: manifests, Flink's configuration, alert rules, dashboards, image.
 */
@NullMarked
package dev.lockstep.operations;

import org.jspecify.annotations.NullMarked;
