"""Room 0: judgements as pure functions on plain values. No ORM, no HTML, no clock."""
