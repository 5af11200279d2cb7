"""The command line: a file for each command, imported when it is called; its options are made from the one table."""

COMMANDS = {  # each with its module and what --help says of it, for which none is imported
    "draw": ("draw", "Draw graphs and the chain rule: SVG, PDF, PNG, TikZ, HTML, …"),
    "show": ("show", "Show them in the terminal."),
    "derive": ("derive", "Print the chain rule, multiplied out."),
    "eval": ("evaluate", "Print values, gradients and evaluation traces."),
    "check": ("check", "Check derivatives in four ways, claims, and whole documents."),
    "find": ("find", "List the formulas of documents, and what each is."),
    "notes": ("notes", "Make the figures of documents, in their place."),
    "plugin": ("plugin", "Print the filter for Pandoc and Quarto, or the plugin for mystmd."),
    "embed": ("embed", "Make figures for another program, asked and answered in JSON."),
    "rules": ("rules", "Print the cheat sheet of derivatives, or one rule."),
    "formats": ("formats", "List the formats of draw."),
}
