"""The window of the project's actors."""
