"""Pictures: SVG, and what Typst makes of it."""
