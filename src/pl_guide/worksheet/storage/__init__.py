"""Worksheets and drafts on disk: whole or not at all, and never over another's words."""
