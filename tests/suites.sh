#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# suites.sh NAME: builds and runs one suite, and writes "PASSED FAILED SKIPPED" to build/test-logs/NAME.counts as its
# own test runner counted them. tests/run.sh calls it.

set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/../toolchain/common.sh"
source "$ganvas_repo/toolchain/cmake_presets.sh"
source "$ganvas_repo/toolchain/page_tools.sh"

[[ $# -eq 1 ]] || fail_usage "suites.sh needs the name of one suite; tests/run.sh calls it"
suite=$1
logs=$ganvas_repo/build/test-logs
toolchain=$ganvas_repo/toolchain/run

# then_count KIND FILE COMMAND...: runs a test runner, counts what its report says, and passes its exit code on.
then_count() {
  local kind=$1 report=$2 counted
  shift 2
  rm -f "$report"
  attempt "$@"
  counted=$(node tests/count.mjs "$kind" "$report")
  echo "$counted" >"$logs/$suite.counts"
  return "$attempted"
}

run_preset() {
  local preset=$1
  build_preset "$preset"
  then_count junit "$logs/$suite.xml" \
    "$toolchain" ctest --preset "$preset" --parallel "$(nproc)" --test-output-size-passed 65536 --output-junit "$logs/$suite.xml"
}

# The command under mpirun: up to eight ranks on this machine.
run_mpi() {
  build_preset release-mpi ganvas ganvas_mpi_steps
  then_count junit "$logs/$suite.xml" \
    "$toolchain" ctest --preset release-mpi --tests-regex '^(mpi\.|cli\.interruption$)' --output-junit "$logs/$suite.xml"
}

# Long runs whose bits have to be those that the tests state: by two compilers at two levels and in WebAssembly, one
# test each, on six thread counts, and on up to eight ranks.
run_bits() {
  local run preset kind passed=0 failed=0 tables=()
  for run in {release,release-O1,release-clang,release-clang-O1,wasm-relaxed,wasm-simd}/bits release/bits-threads release-mpi/bits-mpi; do
    preset=${run%/*}
    kind=${run#*/}
    if [[ $kind == bits-mpi ]]; then build_preset "$preset" ganvas; else build_preset "$preset"; fi
    if "$toolchain" ctest --preset "$preset" --build-config "$kind" --tests-regex "^$kind\$" \
      --test-output-size-passed 65536 --output-junit "$logs/$kind-$preset.xml"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
    tables+=("$logs/$kind-$preset")
  done
  node tests/figures.mjs "${tables[@]}"
  echo "$passed $failed 0" >"$logs/$suite.counts"
  [[ $failed -eq 0 ]]
}

# Each allocation of each command fails once, one test.
run_faults() {
  build_preset release ganvas ganvas_dynamic ganvas_fail_once
  then_count junit "$logs/$suite.xml" \
    "$toolchain" ctest --preset release --build-config faults --tests-regex '^faults$' --test-output-size-passed 65536 \
    --output-junit "$logs/$suite.xml"
}

# Every fuzz target for a minute, with libFuzzer and sanitizers, beginning with its corpus; one test each. What it finds
# stays in build/fuzz/found.
run_fuzz() {
  local folder target found passed=0 failed=0
  build_preset fuzz fuzz_all
  for folder in tests/fuzz/corpus/*/; do
    target=$(basename "$folder")
    found=build/fuzz/found/$target
    mkdir -p "$found"
    echo "== $target"
    if "$toolchain" "build/fuzz/bin/fuzz_$target" -max_total_time=60 -timeout=600 -print_final_stats=1 -verbosity=0 \
      -artifact_prefix="$found/crash-" "$found" "$folder"; then
      passed=$((passed + 1))
    else
      failed=$((failed + 1))
    fi
  done
  echo "$passed $failed 0" >"$logs/$suite.counts"
  [[ $failed -eq 0 ]]
}

# Small faults that the Catch2 suite has to notice; one test each.
run_mutation() {
  local status=0
  "$toolchain" python3 tests/mutation/mutate.py | tee "$logs/mutation.txt" || status=$?
  sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2 0/p' "$logs/mutation.txt" >"$logs/$suite.counts"
  return "$status"
}

# Small faults that the page's unit tests have to notice; one test each.
run_mutation_web() {
  install_page_packages
  attempt page_npm run test:mutation --workspace web >"$logs/$suite.txt"
  cat "$logs/$suite.txt"
  sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2 0/p' "$logs/$suite.txt" >"$logs/$suite.counts"
  return "$attempted"
}

# One test: that npm knows of no grave fault in any package of package-lock.json. It asks the registry.
run_audit() {
  local status=0
  npm audit --audit-level=high || status=$?
  if [[ $status -eq 0 ]]; then echo "1 0 0"; else echo "0 1 0"; fi >"$logs/$suite.counts"
  return "$status"
}

run_build() {
  "$ganvas_repo/build-wasm.sh"
  [[ -s web/dist/index.html ]] || fail "web/dist/index.html is missing"
  # One test: that the command of the README works.
  echo "1 0 0" >"$logs/$suite.counts"
}

run_web() {
  install_page_packages
  then_count vitest "$logs/vitest.json" page_npm run test:json --workspace web
}

# require_gstreamer_plugin NAME WHY PACKAGE
require_gstreamer_plugin() {
  local library=gstreamer-1.0/libgst$1.so
  if compgen -G "/usr/lib*/$library" >/dev/null || compgen -G "/usr/lib*/*/$library" >/dev/null; then return; fi
  install_on_host "$2" "$3"
}

require_browsers() {
  command -v chromium-headless-shell >/dev/null || install_on_host "tests in browsers" chromium-headless-shell
  command -v firefox-esr >/dev/null || install_on_host "tests in browsers" firefox-esr
  command -v WebKitWebDriver >/dev/null || install_on_host "tests in browsers" webkit2gtk-driver
  command -v xvfb-run >/dev/null || install_on_host "tests in browsers" xvfb xauth
  # Debian only recommends what saves MP4 files: of the first, Firefox uses the libraries below it, too.
  require_gstreamer_plugin libav "videos of Firefox and WebKit" gstreamer1.0-libav
  require_gstreamer_plugin openh264 "videos of WebKit" gstreamer1.0-plugins-bad
}

run_browser() {
  install_page_packages
  # Tests compare the page's runs with the command's.
  build_preset release ganvas
  require_browsers
  export PLAYWRIGHT_JSON_OUTPUT_FILE=$logs/playwright.json
  then_count playwright "$logs/playwright.json" npm run test:json --workspace tests/browser
}

# The same in the Chromium that people have, with its windows.
run_browser_windows() {
  command -v chromium >/dev/null || install_on_host "tests in Chromium with windows" chromium
  CHROMIUM=$(command -v chromium) run_browser
}

run_node_tests() {
  then_count tap "$logs/$suite.tap" node --test --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$logs/$suite.tap" "$@"
}

run_consumers() {
  install_page_packages
  require_browsers
  run_node_tests tests/consumers/{consumers,elements,onnx,origins,readme}.test.mjs
}

run_consumers_deep() {
  install_page_packages
  require_browsers
  run_node_tests tests/consumers/{deep,elements_deep}.test.mjs
}

# check WHAT COMMAND...: one lint is one test.
check() {
  local what=$1
  shift
  echo "== $what"
  attempt "$@"
  if [[ $attempted -eq 0 ]]; then
    lints_passed=$((lints_passed + 1))
    echo "ok: $what"
  else
    lints_failed+=("$what")
    echo "error: $what"
  fi
}

# sources PATTERN...: the files that git knows or would add; none is an error.
sources() {
  git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r file; do
    if [[ -f $file ]]; then echo "$file"; fi
  done | grep .
}

clang_format_check() {
  sources 'src/*.h' 'src/*.cpp' 'tests/*.h' 'tests/*.cpp' | xargs "$toolchain" clang-format --dry-run --Werror
}

# tidy_file FILE: clang-tidy takes a quarter of a minute for each bundle of sources that the build compiles as one, so
# what passed is remembered until any of them changes.
tidy_file() {
  local file=$1 passed
  passed=$ganvas_cache/clang-tidy/$( {
    cat .clang-tidy CMakePresets.json CMakeLists.txt src/CMakeLists.txt cmake/*.cmake
    sources 'src/*.h' 'src/*.cpp' | xargs cat
    echo "$file"
    toolchain_folder
  } | sha256sum | cut -c 1-32)
  if [[ -f $passed ]]; then return; fi
  "$toolchain" clang-tidy -quiet -p build/tidy "$file" && mkdir -p "$ganvas_cache/clang-tidy" && touch "$passed"
}

clang_tidy_check() {
  configure_preset release >/dev/null
  # Clang does not know this option of GCC's.
  mkdir -p build/tidy
  sed 's/ -fno-allocation-dce//' build/release/compile_commands.json >build/tidy/compile_commands.json
  export -f tidy_file sources toolchain_folder wanted_packages
  export ganvas_cache ganvas_repo toolchain
  node -p 'JSON.parse(fs.readFileSync("build/release/compile_commands.json")).map(({ file }) => file).join("\n")' \
    | grep -v '/tests/' | xargs -P "$(nproc)" -I '{}' bash -euo pipefail -O inherit_errexit -c 'tidy_file {}'
}

shellcheck_check() {
  { sources '*.sh'; echo toolchain/run; echo .ci/install; echo .ci/run; } | xargs "$toolchain" shellcheck
}

# The types that the page is checked against are those of the module just built.
types_are_current() {
  local file
  for file in build/wasm-{simd/module/ganvas,simd/module/ganvas_judge,scalar/module/ganvas_exchange,scalar/module/ganvas_pictures}.d.ts; do
    cmp "$file" <(git show "HEAD:web/engine/generated/$(basename "$file" .d.ts)_module.d.ts")
  done
  [[ -z $(git status --porcelain web/engine/generated/description) ]]
}

seeded_faults_apply() {
  "$toolchain" python3 tests/mutation/mutate.py --check
  "$toolchain" node tests/mutation/mutate_web.mjs --check
}

run_lint() {
  lints_passed=0
  lints_failed=()
  install_page_packages
  check "C++ layout (clang-format)" clang_format_check
  check "C++ lint (clang-tidy)" clang_tidy_check
  check "shell lint (shellcheck)" shellcheck_check
  check "TypeScript layout and lint (biome)" page_npm run lint
  check "TypeScript types (tsc)" page_npm run typecheck
  check "TypeScript arrows between folders (dependency-cruiser)" page_npm run lint:arrows
  check "the npm packages (publint, arethetypeswrong)" page_npm run lint:package --workspace web
  check "the API documentation (TypeDoc)" page_npm run docs --workspace web
  check "the module's committed types and description are current" types_are_current
  check "every seeded fault still applies" seeded_faults_apply
  echo "$lints_passed ${#lints_failed[@]} 0" >"$logs/$suite.counts"
  if [[ ${#lints_failed[@]} -eq 0 ]]; then return; fi
  printf 'failed: %s\n' "${lints_failed[@]}"
  return 1
}

# The logs are files.
export NO_COLOR=1
unset FORCE_COLOR
cd "$ganvas_repo"
require_page_tools
case $suite in
  browser* | consumers* | setup) require_own_node "the suite $suite" ;;
esac
mkdir -p "$logs"
case $suite in
  build) run_build ;;
  native) run_preset release ;;
  web) run_web ;;
  browser) run_browser ;;
  browser-windows) run_browser_windows ;;
  consumers) run_consumers ;;
  consumers-deep) run_consumers_deep ;;
  lint) run_lint ;;
  setup) run_node_tests tests/setup/*.test.mjs ;;
  bits) run_bits ;;
  faults) run_faults ;;
  fuzz) run_fuzz ;;
  mutation) run_mutation ;;
  mutation-web) run_mutation_web ;;
  mpi) run_mpi ;;
  audit) run_audit ;;
  debug | asan-ubsan | asan-wasm | tsan | wasm-*) run_preset "$suite" ;;
  *) fail_usage "unknown suite '$suite'" ;;
esac
