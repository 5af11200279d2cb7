"""`python -m graphviz_ad`."""

import os
import sys

if sys.path[0] in ("", os.getcwd()):  # Python puts the folder there, whose modules are none of ours
    del sys.path[0]

from graphviz_ad.cli import main

main(prog_name="adgraph")
