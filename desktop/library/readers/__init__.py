"""One reader for each source format; none knows Qt."""
