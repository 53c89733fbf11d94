"""Why a rule fires or not, what an edit would change, what a rule lacks."""
