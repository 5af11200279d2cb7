"""The command line: a file for each command, imported when it is called; its options are made from the one table."""
