"""Annotations as a training corpus: records, formats, and the proof of what was written."""
