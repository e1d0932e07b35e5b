"""What is right: the vocabulary, the rules as data, and the pure decision."""
