"""What happens for each command and button, one module a subject."""
