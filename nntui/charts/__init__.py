"""Charts as cells of a terminal: a figure in, styled cells out. plotext is used nowhere else."""
