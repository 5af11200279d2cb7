"""Pictures: SVG, and what Typst makes of it."""

PICTURE = "background direction groups highlight max_width pins size stacked theme title"  # the options it obeys
