"""Worksheets in the forms that others work with: Word, a page to print, tables, rows."""
