"""Room 4: the pages. A view parses its parameters, asks one question and renders."""
