"""plguide: guides for professional learning, read, reflected on and put to work in a terminal."""
