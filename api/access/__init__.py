"""Who may in: tokens, sessions of the front desk, sign-in attempts, and what was done by whom."""
