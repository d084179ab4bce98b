"""YAML files on disk, checked and turned into a library."""
