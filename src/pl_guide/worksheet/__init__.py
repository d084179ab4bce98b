"""Worksheets: what was answered, its Markdown, merging versions, and keeping it safe on disk."""
