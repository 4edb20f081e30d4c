"""The pages about pages, inside the admin."""
