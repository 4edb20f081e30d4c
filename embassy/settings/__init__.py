"""Settings by place: development, test, production; all start from base."""
