"""A person's Markdown as a small tree of text, which every layout writes in its own way."""
