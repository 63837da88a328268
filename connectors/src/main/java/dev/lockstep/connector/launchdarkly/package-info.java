/** Flag sets from LaunchDarkly or from files, and decisions by LaunchDarkly's own evaluator. */
@NullMarked
package dev.lockstep.connector.launchdarkly;

import org.jspecify.annotations.NullMarked;
