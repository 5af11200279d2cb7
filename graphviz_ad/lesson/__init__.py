"""What is shown of a system: its views, the sheets that they make, exercises, cheat sheets, models of pages.

`views` is the table of them, `system` makes the diagrams of each, `choice` says which ones a system has if nobody does.

A System is made in four files, each over the one before, so that none is long: `transforms` has what all views need (a
graph, its views, their derivatives and numbers, each made when it is first needed), `chained` the chains, `system` the
diagrams and what is checked; `array_system` says what of it is otherwise for vectors and matrices.
"""
