// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ./build-wasm.sh in a copied, moved or broken checkout: it either builds the current sources or fails. Uses the real script
// and CMake, but a small project whose "modules" and page are copies of a text.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { repository, runScript } from "./run_script.mjs";

const tiers = ["relaxed", "relaxed-mt", "simd", "simd-mt", "scalar"];

const presets = {
  version: 6,
  configurePresets: tiers.map((tier) => ({
    name: `wasm-${tier}`,
    generator: "Ninja",
    binaryDir: "${sourceDir}/build/${presetName}",
    cacheVariables: { TIER: tier },
  })),
  buildPresets: tiers.map((tier) => ({ name: `wasm-${tier}`, configurePreset: `wasm-${tier}` })),
};

const cmakeLists = `
cmake_minimum_required(VERSION 3.25)
project(small NONE)
set(made)
foreach(name ganvas-\${TIER}.js ganvas-\${TIER}.wasm ganvas.d.ts ganvas_judge.d.ts ganvas_exchange.d.ts ganvas_pictures.d.ts)
  add_custom_command(OUTPUT module/\${name} DEPENDS \${CMAKE_SOURCE_DIR}/text
    COMMAND \${CMAKE_COMMAND} -E copy \${CMAKE_SOURCE_DIR}/text module/\${name})
  list(APPEND made module/\${name})
endforeach()
add_custom_target(ganvas_module DEPENDS \${made})
add_custom_target(ganvas_judge_module)
add_custom_target(ganvas_exchange_module)
add_custom_target(ganvas_pictures_module)
file(WRITE \${CMAKE_BINARY_DIR}/bin/ganvas_description.js "console.log('{}')")
add_custom_target(ganvas_description)
`;

const pageTools = `
require_page_tools() { :; }
install_page_packages() { :; }
page_npm() {
  mkdir -p web/dist/assets
  cp -r build/modules web/dist/
  touch web/dist/{index,ganvas}.html web/dist/assets/{index,shared,worker,ganvas-mt,thread}-1.js
  echo 'import "./worker-1.js";' >web/dist/assets/main-1.js
  touch web/dist/assets/{ganvas-12345678.js,ganvas-{relaxed,relaxed-mt,simd,simd-mt,scalar}.wasm-1.gz}
}
`;

async function smallCheckout(context, text) {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-checkout-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  const checkout = join(folder, "first");
  await mkdir(checkout);
  for (const name of ["build-wasm.sh", "toolchain"]) {
    await cp(join(repository, name), join(checkout, name), { recursive: true });
  }
  await cp(join(repository, "web/write_description.mjs"), join(checkout, "web/write_description.mjs"));
  await writeFile(join(checkout, "toolchain/provision.sh"), "#!/bin/sh\n");
  await writeFile(join(checkout, "toolchain/page_tools.sh"), pageTools);
  await writeFile(join(checkout, "CMakePresets.json"), JSON.stringify(presets));
  await writeFile(join(checkout, "CMakeLists.txt"), cmakeLists);
  await writeFile(join(checkout, "text"), text);
  return checkout;
}

const build = (checkout) => runScript(join(checkout, "build-wasm.sh"));

async function assertShips(checkout, text, { code, stderr }) {
  assert.equal(code, 0, stderr);
  assert.match(stderr, /built web\/dist\n$/);
  for (const tier of tiers) {
    assert.equal(await readFile(join(checkout, `web/dist/modules/ganvas-${tier}.wasm`), "utf8"), text);
  }
}

function assertFails({ code, stderr }, message) {
  assert.equal(code, 1, stderr);
  assert.match(stderr, message);
  assert.doesNotMatch(stderr, /built web\/dist/);
}

test("a copied and a moved checkout build their own sources", async (context) => {
  const first = await smallCheckout(context, "old");
  await assertShips(first, "old", await build(first));

  const copy = join(first, "../copy");
  execFileSync("cp", ["-r", first, copy]);
  await writeFile(join(copy, "text"), "edited");
  const ofCopy = await build(copy);
  await assertShips(copy, "edited", ofCopy);
  assert.match(ofCopy.stderr, /build\/wasm-simd was configured in \S+first; configuring it again/);
  const again = await build(copy);
  await assertShips(copy, "edited", again);
  assert.doesNotMatch(again.stderr, /configuring it again/);

  const moved = join(first, "../moved");
  await rename(first, moved);
  await writeFile(join(moved, "text"), "moved");
  await assertShips(moved, "moved", await build(moved));
});

test("a failed configuration or compilation does not ship earlier modules", async (context) => {
  const checkout = await smallCheckout(context, "old");
  await assertShips(checkout, "old", await build(checkout));

  await writeFile(join(checkout, "CMakeLists.txt"), `${cmakeLists}\nmessage(FATAL_ERROR "no such library")\n`);
  assertFails(await build(checkout), /no such library.*error: building the module wasm-relaxed: failed \(whole log: /s);

  await writeFile(join(checkout, "CMakeLists.txt"), cmakeLists.replaceAll("-E copy", "-E no-such-command"));
  assertFails(await build(checkout), /subcommand failed.*error: building the module wasm-relaxed: failed/s);

  // CMake rejects this build folder, while ninja would find nothing to do in it.
  await writeFile(join(checkout, "CMakeLists.txt"), cmakeLists);
  await writeFile(join(checkout, "CMakePresets.json"), JSON.stringify(presets).replaceAll("Ninja", "Unix Makefiles"));
  assertFails(await build(checkout), /Unix Makefiles.*error: building the module wasm-relaxed: failed/s);

  await writeFile(join(checkout, "CMakePresets.json"), "{");
  assertFails(await build(checkout), /CMakePresets\.json/);
});

test("attempt reports a failure in the middle of a function", async () => {
  const script = `
    source toolchain/common.sh
    half() { false; true; }
    inner() { local text; text=$(false; echo text); true; }
    for step in half inner true; do attempt "$step"; echo "$step $attempted"; done`;
  const { code, stdout } = await runScript("/bin/bash", ["-c", script]);
  assert.equal(code, 0);
  assert.equal(stdout, "half 1\ninner 1\ntrue 0\n");
});
