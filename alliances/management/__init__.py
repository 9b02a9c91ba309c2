"""Room 4: the command line's door: parse, ask, print."""
