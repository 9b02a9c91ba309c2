"""Room 3: figures as shapes: plain rows in, places and marks out. No ORM, no HTML, no colours."""
