"""Pages to play with: their Python beside their style and scripts, one subject a file."""
