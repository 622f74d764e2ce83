"""A neural network from scratch, in numpy.

Read the files in this order: ``tape`` (how work is written down), ``layers``, ``activations`` and
``rectifiers``, ``losses``, ``initializers``, ``regularizers``, ``network`` (all of them together),
``optimizers``, ``adam``, ``schedules``, ``training_step``, ``inference``, ``metrics``, and
``gradient_check`` with ``self_check`` (is it right?).
"""
