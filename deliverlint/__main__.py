"""Where the program starts: `deliverlint` and `python -m deliverlint`."""

import gc
import os
import sys

# Values are frozen and form no circles: what is made here is freed without the collector, which would go through
# all of it again and again while a large delivery is read.
_COLLECT_EVERY = 200_000


def main() -> int:
    """Run the command line and return its exit code; `--version` is answered before anything else is imported."""
    _forget_current_folder()
    if len(sys.argv) == 2 and sys.argv[1] in ("--version", "-V"):
        from deliverlint import __version__

        sys.stdout.write(f"deliverlint {__version__}\n")
        return 0
    gc.set_threshold(_COLLECT_EVERY)
    try:
        from deliverlint.cli.main import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return 130
    finally:
        gc.freeze()  # else the interpreter's last act is to go through all that is left, twice


def _forget_current_folder() -> None:
    """Import nothing from the current folder: it may be a delivery, and hold a yaml.py.

    `python -m` puts it first. Where it is this program's own source folder it goes last.
    """
    try:
        here = os.path.realpath(os.curdir)
    except OSError:  # the folder is gone
        return
    # Strings, not pathlib: its import alone would cost more than the answer to --version.
    own = os.path.realpath(__file__).rsplit(os.sep, 2)[0]
    library = os.path.realpath(os.__file__).rsplit(os.sep, 1)[0]
    if here == library:
        return
    kept = [entry for entry in sys.path if os.path.realpath(entry or os.curdir) != here]
    sys.path[:] = [*kept, own] if here == own else kept


if __name__ == "__main__":
    sys.exit(main())
