"""`python -m graphviz_ad`."""

from graphviz_ad.cli import main

main(prog_name="adgraph")
