"""The pages of the bench: fetch, ask a rule, call one action, redirect."""
