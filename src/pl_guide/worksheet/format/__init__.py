"""A worksheet as Markdown, and back."""
