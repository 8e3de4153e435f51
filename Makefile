# What people and the CI type. Each target first gets what it needs: see scripts/setup.
BIN := .venv/bin
# One more than the two cores that the suite is meant for: many a test waits for something.
WORKERS ?= 3
# So that what a file's tests share (a wheel, a server) is made once; in the order of the folders,
# or the long files of few tests (tour, wheel) would be left for the end.
BY_FILE := --dist loadfile --no-loadscope-reorder
# Without a screen Qt draws into memory; Chromium refuses to start its sandbox as root.
OFFSCREEN := QT_QPA_PLATFORM=offscreen QTWEBENGINE_DISABLE_SANDBOX=1

.PHONY: run test bench soak pictures lint format lock clean setup

# Opens the console on the demo workspace; without a display, takes the tour off screen.
run:
	@scripts/setup run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; then \
		$(BIN)/motion-desk --demo; \
	else \
		$(OFFSCREEN) $(BIN)/python -m tests.journeys.tour build/tour; \
	fi

# Everything that must hold. ARGS goes to pytest: make test ARGS="-k wheel".
test: lint
	$(OFFSCREEN) $(BIN)/python -m pytest -n $(WORKERS) $(BY_FILE) $(ARGS)

# The long runs: 2,000 examples of each property, 200 kills in the middle of saving.
soak: setup
	MOTION_DESK_SOAK=1 $(OFFSCREEN) $(BIN)/python -m pytest -n $(WORKERS) $(BY_FILE) \
		--hypothesis-profile=soak tests/laws tests/models tests/services $(ARGS)

# The pictures of the README, from the tour.
pictures: setup
	rm -rf build/tour
	$(OFFSCREEN) $(BIN)/python -m tests.journeys.tour build/tour
	$(OFFSCREEN) $(BIN)/python -m tests.journeys.gallery docs/pictures/templates
	@mkdir -p docs/pictures
	cp build/tour/??-service-custom.png docs/pictures/account.png
	cp build/tour/??-new-account.png docs/pictures/new-account.png
	cp build/tour/??-wrong-value.png docs/pictures/problem.png
	cp build/tour/??-customer-care-actions.png docs/pictures/actions.png
	cp build/tour/??-dark.png docs/pictures/dark.png
	cp build/tour/??-test-remedies.png docs/pictures/test.png
	cp build/tour/??-preview.png docs/pictures/preview.png
	cp build/tour/??-compare.png docs/pictures/compare.png
	cp build/tour/??-board-tested.png docs/pictures/board.png
	cp build/tour/??-round-trip.png docs/pictures/round-trip.png
	cp build/tour/??-trial.png docs/pictures/trial.png
	cp build/tour/??-timeline.png docs/pictures/timeline.png
	cp build/tour/??-interaction.png docs/pictures/interactions.png
	cp build/tour/??-flow.png docs/pictures/flow.png

# Compiled first, or it would measure Python's compiler.
bench: setup
	@$(BIN)/python -m compileall -q motion_desk
	$(OFFSCREEN) $(BIN)/python -m tests.bench

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

format: setup
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

# Pins every version with its hashes, for Linux, macOS and Windows and for Python 3.11 and later,
# naming no host. Keeps the pins that still fit; make lock UPGRADE=--upgrade moves all of them.
UV := build/lock/bin/uv
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet $(UPGRADE)
lock: $(UV)
	$(COMPILE) pyproject.toml --group build -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt -o requirements-dev.txt
	@! grep -n '://' requirements.txt requirements-dev.txt

$(UV):
	python3 -m venv build/lock
	build/lock/bin/pip install --quiet uv

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find motion_desk tests -name __pycache__ -prune -exec rm -rf {} +

setup:
	@scripts/setup test
