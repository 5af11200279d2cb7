"""Python functions, traced."""
