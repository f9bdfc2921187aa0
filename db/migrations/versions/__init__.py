"""The revisions, one file each, oldest first. A released one never changes."""
