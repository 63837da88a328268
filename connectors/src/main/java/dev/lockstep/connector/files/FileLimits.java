package dev.lockstep.connector.files;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * How files are found and read, whatever their kind.
 *
 * @param partBytes a file that can be split is read in parts of this size
 * @param inFlightBytes of one customer, how much may be with readers at once; at least one part
 * @param discoveryInterval how long from one look at the folders to the next
 * @param quietTime how long a file of a file system must not have changed; objects of a store
 *     appear whole and are not waited for
 * @param remember how long a file that is gone from its folder is remembered
 * @param maxRemembered how many files are remembered; at the most
 * @param retryDelays how long to wait before a file that cannot be reached is tried again, and
 *     again; then it is given up
 */
public record FileLimits(
    long partBytes,
    long inFlightBytes,
    Duration discoveryInterval,
    Duration quietTime,
    Duration remember,
    int maxRemembered,
    List<Duration> retryDelays)
    implements Serializable {

  public FileLimits {
    retryDelays = List.copyOf(retryDelays);
    if (partBytes < 1 || inFlightBytes < 1 || maxRemembered < 1) {
      throw new IllegalArgumentException(
          "partBytes, inFlightBytes and maxRemembered must be at least 1, were %d, %d and %d"
              .formatted(partBytes, inFlightBytes, maxRemembered));
    }
  }
}
