"""The engine: zones, entities, statements and stances of a text. Runs in a child process."""
