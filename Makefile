# Everything runs in .venv, which is made from requirements.txt at the first call.
PYTHON ?= python3
READY := .venv/.ready
RUN := PATH="$$PWD/.venv/bin:$$PATH" PYDEVD_DISABLE_FILE_VALIDATION=1
UNITS := not (box or kernel or browser or server or slow)
PYTEST := python -m pytest -n auto --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo lab course release grade regrade similarity missing derive fill store \
	examples results check test endure lowest prove bench screenshots lint lock clean

help: ## list the targets
	@awk '/^##/ {print (n++ ? "\n" : "") substr($$0, 4) ":"} \
		/^[a-z]+:.*## / {split($$0, part, ":.*## "); printf "  make %-12s %s\n", part[1], part[2]}' \
		Makefile

## teach
demo: $(READY) ## release, hand in, grade and give feedback on a sample class, in demo/
	@$(RUN) python -m autograders demo

release: $(READY) ## make the class's release in release/
	@$(RUN) python -m autograders release

grade: $(READY) ## grade what was handed in to submitted/
	@$(RUN) python -m autograders grade

regrade: $(READY) ## grade all hand-ins again and list whose score changed
	@$(RUN) python -m autograders regrade

similarity: $(READY) ## show how much the answers to each assignment overlap
	@$(RUN) python -m autograders similarity

course: $(READY) ## JupyterLab with formgrader on this course
	@$(RUN) python -m autograders course

lab: $(READY) ## learn alone: JupyterLab on a copy of the notebooks in learn/
	@$(RUN) python -m autograders learn
	@cd learn && PATH="$$PWD/../.venv/bin:$$PATH" jupyter lab

## author
missing: $(READY) ## say what each assignment still lacks
	@$(RUN) python -m autograders missing

derive: $(READY) ## write the stubs of source_ref into notebooks/
	@$(RUN) python -m autograders derive

fill: $(READY) ## write filled notebooks into build/filled/
	@$(RUN) python -m autograders fill

store: $(READY) ## run the filled notebooks and store their outputs in notebooks/
	@$(RUN) python -m autograders store

examples: $(READY) ## make lab/examples from source_ref
	@$(RUN) python -m autograders examples

results: $(READY) ## make lab/results from source_ref: every model on 40 draws (minutes)
	@$(RUN) python -m autograders results

## maintain
check: $(READY) lint ## style, types and all units: what to run before each commit
	@$(RUN) $(PYTEST) -m "$(UNITS)"

test: $(READY) lint ## everything, long repetitions in a share of their length
	@$(RUN) $(PYTEST)

endure: $(READY) ## the long repetitions in their whole length
	@$(RUN) ENDURE=1 $(PYTEST) -m endure
	@$(RUN) python -m autograders prove

lowest: $(READY) ## units on the lowest versions that pyproject.toml promises, in build/lowest/
	@$(RUN) uv venv -q --clear --python .venv/bin/python build/lowest
	@$(RUN) uv pip install -q --python build/lowest/bin/python --resolution lowest-direct -e '.[dev]'
	@PATH="$$PWD/build/lowest/bin:$$PATH" PYDEVD_DISABLE_FILE_VALIDATION=1 \
		build/lowest/bin/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -m "$(UNITS)"

prove: $(READY) ## prove the grader on every listed mistake and right answer
	@$(RUN) python -m autograders prove

bench: $(READY) ## measure lessons and grading beside what one would use instead
	@$(RUN) python -m benchmarks.lessons
	@$(RUN) python -m benchmarks.grading --many 1000

screenshots: $(READY) ## picture the notebooks in JupyterLab, into build/screenshots/ and docs/pictures/
	@$(RUN) python -m autograders screenshots
	@$(RUN) python -m autograders screenshots --guides

lint: $(READY) ## style and types alone
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

lock: $(READY) ## make requirements.txt anew from pyproject.toml
	@$(RUN) uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--all-extras pyproject.toml -o requirements.txt

clean: ## remove what commands have made, but .venv and learn/
	@rm -rf build demo .pytest_cache .ruff_cache .mypy_cache

$(READY): requirements.txt
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info[:2] < (3, 14); sys.exit(0 if ok else "Python 3.11, 3.12 or 3.13 is needed, but $(PYTHON) is %d.%d. Name another one: make PYTHON=python3.12" % sys.version_info[:2])'
	@echo "Setting up .venv from requirements.txt (about a minute, once) ..."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@env -u PYTHONDONTWRITEBYTECODE .venv/bin/python -m pip install -q --disable-pip-version-check \
		--require-hashes -r requirements.txt > .venv/setup.log 2>&1 || { tail -n 20 .venv/setup.log; \
		echo "Setting up .venv failed; the whole log is .venv/setup.log. Mend the cause and call make again."; exit 1; }
	@touch $(READY)
