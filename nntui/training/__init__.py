"""Training: the trainer that carries out an experiment, and runs from first step to last."""
