"""What can happen on GitHub: each function checks GitHub's rules, changes the state, tells the App.

Callers hold the world's lock.
"""
