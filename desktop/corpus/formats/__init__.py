"""One module for each export format; none knows Qt."""
