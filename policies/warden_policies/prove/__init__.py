"""What a policy allows at worst: proofs, and counter-examples that anybody can try."""
