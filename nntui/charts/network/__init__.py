"""The network as a graph: tiles of neurons in columns, and lines for the weights between them."""
