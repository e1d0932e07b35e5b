"""`changewarden demo`: the whole story on one machine, through the code that runs in production."""
