"""The machine around adgraph: files, streams, signals, what is remembered on disk, what other packages add."""
