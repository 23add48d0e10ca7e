"""The published safety report: what the rules and the whole program catch, miss and alarm at."""
