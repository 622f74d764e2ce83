"""What to train: the frozen experiment, its file, its checks and its changes by key."""
