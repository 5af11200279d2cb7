"""What is shown of a system: its views, the sheets that they make, exercises, cheat sheets, models of pages.

`views` is the table of them, `system` makes the diagrams of each, `choice` says which ones a system has if nobody does.
"""
