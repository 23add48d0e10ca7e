"""What must survive a restart: one database, and the key that personal data is sealed with."""
