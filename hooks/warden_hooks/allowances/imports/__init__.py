"""What other scanners were told to allow, found again and allowed by content."""
