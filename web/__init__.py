"""What machines and walls read over HTTP: health and metrics."""
