"""What the `changewarden` command does beyond scanning: one module for each word."""
