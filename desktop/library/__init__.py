"""The articles of a project: how they come in and how they are listed."""
