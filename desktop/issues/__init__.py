"""The issues of a project, as the analyst keeps them."""
