"""The product: open, suggest, decide, save, export."""
