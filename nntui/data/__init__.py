"""Where the points come from: toy data sets, CSV files, and how they are made ready to learn."""
