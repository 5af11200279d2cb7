"""Pages to play with: their Python beside their scripts."""
