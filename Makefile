# Short names for developers; `python3 run.py` needs no make.
.PHONY: run reset test lint bench build lock messages

run reset test lint bench build lock:
	python3 run.py $@

# Collect the texts to translate into locale/ (needs Debian's gettext).
messages:
	python3 run.py manage makemessages --all --no-obsolete --no-wrap --add-location file \
		--ignore node_modules --ignore .venv --ignore var --ignore static --ignore training --ignore tests
