"""An application for Welzijn op Recept: agreed to, kept safely, handed over, deleted in time."""
