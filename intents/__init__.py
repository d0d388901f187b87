"""What a person's words mean."""
