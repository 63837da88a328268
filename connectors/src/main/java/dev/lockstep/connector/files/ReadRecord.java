package dev.lockstep.connector.files;

import dev.lockstep.connector.wire.DecodedRecord;

/**
 * A record of a part, or the letter that there are no more.
 *
 * @param decoded what it is
 * @param position where reading goes on after it
 * @param failed whether the part ends with it before its end
 */
record ReadRecord(DecodedRecord decoded, long position, boolean failed) {}
