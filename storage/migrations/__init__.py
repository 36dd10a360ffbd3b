"""The schema's history; ``run.upgrade`` brings a database to its end."""
