"""`adgraph`, and `python -m graphviz_ad`."""

import gc
import os
import sys

if __name__ == "__main__" and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]  # the folder in which Python is called, whose modules are none of ours

from graphviz_ad.cli import COMMANDS
from graphviz_ad.host.bundle import bundled
from graphviz_ad.host.ending import ended_at_once
from graphviz_ad.host.later import loaded_later
from graphviz_ad.host.signals import Ended, raised

SELDOM = ("inspect", "ipaddress", "fnmatch", "ntpath")  # click and pathlib import them, and commands use none
ENOUGH = 200_000  # objects that an ordinary command does not make: it ends before garbage is looked for


def run() -> None:
    """The command as the whole of a program (in another one it is `main`). A signal that comes while it is still being
    imported ends it as later ones do."""
    gc.set_threshold(ENOUGH)
    loaded_later(*SELDOM)
    command = sys.argv[1] if sys.argv[1:] and sys.argv[1] in COMMANDS else "none"
    with ended_at_once(), bundled(command):
        try:
            with raised():
                from graphviz_ad.cli.main import main
        except Ended as signal:
            print(f"adgraph: {signal.said}", file=sys.stderr)
            sys.exit(signal.exit_code)
        main(prog_name="adgraph")


if __name__ == "__main__":
    run()
