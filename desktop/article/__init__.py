"""One article under the analyst's hands."""
