/**
 * ElastAlert 2 rules to Sigma rules and correlations, as far as these say the same; what does not
 * come over is told with its place.
 */
@NullMarked
package dev.lockstep.elastalert;

import org.jspecify.annotations.NullMarked;
