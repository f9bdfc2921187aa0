"""What stands on the page: zones, sentences, words, quotations, and how a sentence is built."""
