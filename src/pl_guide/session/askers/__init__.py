"""Askers: who puts a session's questions to a person, with a terminal's keys or line by line."""
