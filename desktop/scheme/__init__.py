"""The window of the project's labels, and files that labels come in and leave by."""
