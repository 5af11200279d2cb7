"""What all others speak of: names, exact numbers, the table of operations, graphs, formulas, diagrams, requests.

To begin with: `record`, `graph`, `formula`, `diagram`; then `ops` (a complete row for each operation) and `request`
(the one table of options).
"""
