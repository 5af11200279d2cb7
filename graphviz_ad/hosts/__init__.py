"""Programs that people write in, and what each needs to have figures: notebooks, Sphinx, Python-Markdown, Pandoc and
others. What a host is made of is imported where that host calls, and nowhere else."""
