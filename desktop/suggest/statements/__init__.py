"""Who says what, to whom, through which words."""
