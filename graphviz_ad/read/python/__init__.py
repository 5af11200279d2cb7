"""Python functions, traced: run once on numbers and arrays that remember how they were made.

`running` has the reader's file, `recording` what is made, `tape` the numbers, `arrays` the arrays, `tracing` the run,
`assembly` the graph.
"""
