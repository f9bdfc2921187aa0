"""The memory: articles, suggestions, decisions and their history in one SQLite file."""
