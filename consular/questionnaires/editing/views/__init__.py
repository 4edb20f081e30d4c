"""The pages of the editor, inside the admin."""
