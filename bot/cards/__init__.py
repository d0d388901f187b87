"""What people read: a model becomes text and buttons; pure."""
