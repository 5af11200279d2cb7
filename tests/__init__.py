"""The tests, of which none but those of the memory finds what another has made, or leaves anything behind."""

import os

os.environ["ADGRAPH_NO_CACHE"] = "1"
