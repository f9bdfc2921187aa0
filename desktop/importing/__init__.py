"""Bringing in files and folders: found, read in a process of its own, stored, and told of."""
