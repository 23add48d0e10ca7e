"""The front desk of a GP practice: what is on its card, and what it hands out."""
