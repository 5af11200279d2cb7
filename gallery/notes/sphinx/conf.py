"""A lecture in Sphinx, half in reStructuredText and half in MyST: `sphinx-build . _build`."""

project = "One neuron"
extensions = ["graphviz_ad.sphinx", "myst_parser"]
myst_enable_extensions = ["dollarmath"]
html_theme = "furo"
numfig = True
adgraph_options = {"theme": "auto", "background": "none"}
