"""The network: word pieces into the encoder, one state a token out of it, heads that read them."""

NAMES_GROUP = "names"
"""Where in ``doc.spans`` the names lie with their scores."""
