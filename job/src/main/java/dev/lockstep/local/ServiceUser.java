package dev.lockstep.local;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The user that Elasticsearch runs as: whoever runs this, but never root, which it refuses. */
enum ServiceUser {
  /** The user that runs this. */
  OURSELVES {
    @Override
    List<String> command() {
      return List.of();
    }

    @Override
    void own(Path tree) {}

    @Override
    boolean canEnter(Path folder) {
      return true;
    }
  },

  /** The user id that by convention owns nothing; this process must be root. */
  NOBODY {
    @Override
    List<String> command() {
      if (Executables.find("setpriv").isEmpty()) {
        throw new IllegalStateException(
            "Elasticsearch refuses to run as root, and setpriv is not on the PATH to start it as"
                + " another user: install util-linux, or run this as an ordinary user");
      }
      return List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups");
    }

    @Override
    void own(Path tree) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : (Iterable<Path>) paths::iterator) {
          Files.setAttribute(path, "unix:uid", ID, LinkOption.NOFOLLOW_LINKS);
          Files.setAttribute(path, "unix:gid", ID, LinkOption.NOFOLLOW_LINKS);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot give " + tree + " to user " + ID, e);
      }
    }

    @Override
    boolean canEnter(Path folder) {
      try {
        for (Path path = folder.toRealPath(); path != null; path = path.getParent()) {
          if (!Files.getPosixFilePermissions(path).containsAll(ENTER)) {
            return false;
          }
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the permissions of " + folder, e);
      }
    }
  };

  private static final int ID = 65_534;
  private static final Set<PosixFilePermission> ENTER = Set.of(PosixFilePermission.OTHERS_EXECUTE);

  /** Returns the user to start Elasticsearch as. */
  static ServiceUser forThisProcess() {
    return new UnixSystem().getUid() == 0 ? NOBODY : OURSELVES;
  }

  /** Returns what to put before a command so that it runs as this user. */
  abstract List<String> command();

  /** Makes this user the owner of a folder and all that is in it. */
  abstract void own(Path tree);

  /** Returns whether this user can pass through a folder and all above it. */
  abstract boolean canEnter(Path folder);
}
