# A thin front for CMake. PRESET=dev|asan|tsan|fuzz|cov|clang|release picks the build folder.
PRESET ?= release
DIR := build/$(PRESET)

.PHONY: all build test check demo bench install lint layers clean

all: build

build: $(DIR)/build.ninja
	@cmake --build $(DIR)
	@ln -sf $(PRESET)/sitrep build/sitrep
	@ln -sf $(PRESET)/sitrep-eval build/sitrep-eval

$(DIR)/build.ninja:
	@cmake --preset $(PRESET) >/dev/null

# The tests of one preset; FILTER=name runs only those whose name contains it.
test: build layers
	@$(DIR)/sitrep-test $(FILTER)

layers:
	@tools/check-layers.sh

# Everything that CI runs: the plain build and the sanitizers, then the count of both.
check:
	@tools/check.sh

demo: build
	@tools/demo.sh

bench: build
	@bench/run.sh

lint: build
	@tools/lint.sh

install: build
	@cmake --install $(DIR)

clean:
	@rm -rf build
