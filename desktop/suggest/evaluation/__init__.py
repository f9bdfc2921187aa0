"""How good a pipeline is: labelled texts read, its suggestions held against them."""
