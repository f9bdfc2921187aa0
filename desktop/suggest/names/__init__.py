"""Names, numbers and times: what the network and the rules find, settled for the article."""
