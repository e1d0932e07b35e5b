"""What a person or a program reads: one module per format, each a pure `render`."""
