"""The Network view: the graph, one neuron, the weights of a layer, and a layer's own space."""
