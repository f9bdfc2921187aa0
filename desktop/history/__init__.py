"""The history as the analyst sees it: what was done, what was before and after, and the bin."""
