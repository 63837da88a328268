/** Flat records that cross operators: public fields, natively serialised by Flink, evolvable. */
@NullMarked
package dev.lockstep.connector.wire;

import org.jspecify.annotations.NullMarked;
