"""One page for a leader who would rather look than type: where many teams stand."""
