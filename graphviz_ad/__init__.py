"""adgraph: equations in; computational graphs with their derivatives, and the chain rule multiplied out."""
