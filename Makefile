# Everything runs in .venv, which is made from requirements.txt at the first call: first what the
# demo, grading and learning need, and what maintainers need when one of theirs is called.
# PYTHON=python3.13 names the interpreter; make finds one by itself.
# LANGUAGE=zh makes release, lab, demo and report speak Chinese, and store run Chinese notebooks.
DEMO := .venv/.demo
ALL := .venv/.all
IN := $(if $(LANGUAGE),--language $(LANGUAGE)) $(INCOMPLETE)
RUN := PATH="$$PWD/.venv/bin:$$PATH" PYDEVD_DISABLE_FILE_VALIDATION=1
UNITS := not (box or kernel or browser or server or slow)
PYTEST := python -m pytest -n auto --dist loadgroup --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help demo lab course release grade regrade feedback report similarity backup restore missing derive fill store \
	site translate examples results check test endure lowest prove bench wheel screenshots lint lock clean

help: ## list the targets
	@awk '/^##/ {print (n++ ? "\n" : "") substr($$0, 4) ":"} \
		/^[a-z]+:.*## / {split($$0, part, ":.*## "); printf "  make %-12s %s\n", part[1], part[2]}' \
		Makefile

## teach
demo: $(DEMO) ## release, hand in, grade and give feedback on a sample class, in demo/
	@$(RUN) python -m autograders demo $(IN)

release: $(DEMO) ## make the class's release in release/
	@$(RUN) python -m autograders release $(IN)

grade: $(DEMO) ## grade what was handed in to submitted/
	@$(RUN) python -m autograders grade

regrade: $(DEMO) ## grade all hand-ins again and list whose score changed
	@$(RUN) python -m autograders regrade

feedback: $(DEMO) ## make the feedback pages that are missing or older than the grades
	@$(RUN) python -m autograders feedback

report: $(DEMO) ## show the class at a glance, as a page in build/report/
	@$(RUN) python -m autograders report $(if $(LANGUAGE),--language $(LANGUAGE))

similarity: $(DEMO) ## show how much the answers to each assignment overlap
	@$(RUN) python -m autograders similarity

backup: $(DEMO) ## keep the gradebook, the secret and the roster in one file in backup/
	@$(RUN) python -m autograders backup

restore: $(DEMO) ## put a backup back, and keep what was there: make restore FILE=backup/...
	@$(RUN) python -m autograders restore "$(FILE)"

course: $(DEMO) ## JupyterLab with formgrader on this course, or on another: make course FOLDER=...
	@$(RUN) python -m autograders course $(if $(FOLDER),"$(FOLDER)")

lab: $(DEMO) ## learn alone: JupyterLab on a copy of the notebooks in learn/
	@$(RUN) python -m autograders learn --open $(IN)

## author
missing: $(DEMO) ## say what each assignment still lacks
	@$(RUN) python -m autograders missing

derive: $(DEMO) ## write the stubs of source_ref into notebooks/
	@$(RUN) python -m autograders derive

fill: $(DEMO) ## write filled notebooks into build/filled/
	@$(RUN) python -m autograders fill

store: $(DEMO) ## run the filled notebooks and store their outputs in notebooks/
	@$(RUN) python -m autograders store $(if $(LANGUAGE),--language $(LANGUAGE))

site: $(DEMO) ## write the lessons as web pages into build/site/
	@$(RUN) python -m autograders site

translate: $(DEMO) ## take out what is to be translated, and merge it into languages/
	@$(RUN) python -m autograders translate $(LANGUAGE)

examples: $(DEMO) ## make lab/examples from source_ref
	@$(RUN) python -m autograders examples

results: $(DEMO) ## make lab/results from source_ref: every model on 40 draws (minutes)
	@$(RUN) python -m autograders results

## maintain
check: $(ALL) lint ## style, types and all units: what to run before each commit
	@$(RUN) $(PYTEST) -m "$(UNITS)"

test: $(ALL) lint ## everything, long repetitions in a share of their length
	@$(RUN) $(PYTEST)

endure: $(ALL) ## the long repetitions in their whole length
	@$(RUN) ENDURE=1 $(PYTEST) -m endure
	@$(RUN) python -m autograders prove

lowest: $(ALL) ## units on the lowest versions that pyproject.toml promises, in build/lowest/
	@$(RUN) uv venv -q --clear --python .venv/bin/python build/lowest
	@$(RUN) uv pip install -q --python build/lowest/bin/python --resolution lowest-direct -e '.[dev]'
	@PATH="$$PWD/build/lowest/bin:$$PATH" PYDEVD_DISABLE_FILE_VALIDATION=1 \
		build/lowest/bin/python -m pytest -n auto --dist loadgroup --no-loadscope-reorder -m "$(UNITS)"

prove: $(ALL) ## prove the grader on every listed mistake and right answer
	@$(RUN) python -m autograders prove

bench: $(ALL) ## measure lessons and grading beside what one would use instead
	@$(RUN) python -m benchmarks.lessons
	@$(RUN) python -m benchmarks.reports
	@$(RUN) python -m benchmarks.grading --many 1000

wheel: $(ALL) ## build the machinery for any nbgrader course, in dist/
	@$(RUN) sh -c 'cd engine && hatchling build -t wheel -d ../dist'

screenshots: $(ALL) ## picture the notebooks in JupyterLab, into build/screenshots/ and docs/pictures/
	@$(RUN) python -m autograders screenshots
	@$(RUN) python -m autograders screenshots --guides

lint: $(ALL) ## style and types alone
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .
	@$(RUN) mypy

lock: $(ALL) ## make requirements.txt anew, MOVE=--upgrade for newer versions, MOVE=numpy for one
	@$(RUN) python .ci/lock.py $(MOVE)

clean: ## remove what commands have made, but .venv and learn/
	@rm -rf build demo .pytest_cache .ruff_cache .mypy_cache

$(DEMO): requirements.txt .ci/setup .ci/exporters.py .ci/bytecode.py
	@.ci/setup demo "$(PYTHON)"

$(ALL): requirements.txt .ci/setup .ci/exporters.py .ci/bytecode.py
	@.ci/setup all "$(PYTHON)"
