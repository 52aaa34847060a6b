# The things to do with docgen; each sets up what it needs first.
.PHONY: demo test test-all lint serve

demo:
	@.ci/setup demo
	@.venv/bin/docgen render samples/*/*.json -o out

test:
	@.ci/setup test
	@.venv/bin/pytest -n logical --dist loadfile --no-loadscope-reorder

test-all:
	@.ci/setup test
	@.venv/bin/pytest -n logical --dist loadfile --no-loadscope-reorder --combinations 5000

lint:
	@.ci/setup demo
	@.venv/bin/ruff check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo

serve:
	@.ci/setup demo
	@exec .venv/bin/docgen serve
