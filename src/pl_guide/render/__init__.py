"""Documents as text for a terminal, for Markdown, as HTML …; a renderer never prints."""
