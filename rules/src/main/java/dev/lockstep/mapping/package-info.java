/**
 * Log sources and field names: which events a rule's logsource means, and where its fields lie in
 * them. Rules are rewritten before they are compiled, so that judgement knows of neither.
 */
@NullMarked
package dev.lockstep.mapping;

import org.jspecify.annotations.NullMarked;
