"""The published evaluation report: what the program understands, and what each part of it adds."""
