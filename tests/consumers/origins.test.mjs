// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A page that imports the package from another origin, as CDNs serve it: what runs, isolated or not, under content policies,
// and what is said when a part of the package is missing, outdated or forbidden.

import assert from "node:assert/strict";
import { cp, rm } from "node:fs/promises";
import { after, test } from "node:test";
import { build } from "../../web/engine/modules/build.js";
import { assertTrained, edit, engineScript, ISOLATION } from "./consumer.mjs";
import { assertTrains, closeBrowser, pageOfOtherOrigin, policy, resultOf } from "./pages.mjs";

after(closeBrowser);

test("another origin: isolated or not, and under the policy that the README names", async (context) => {
  const { cdn, host } = await pageOfOtherOrigin(context);
  await assertTrains(context, await host({}), false);
  await assertTrains(context, await host(ISOLATION), true);
  await assertTrains(context, await host(policy(cdn)), false);
  await assertTrains(context, await host({ ...ISOLATION, ...policy(cdn) }), true);
});

test("a content policy that lacks something is named", async (context) => {
  const { cdn, host } = await pageOfOtherOrigin(context);
  const failureWithout = async (...lacking) => (await resultOf(await host(policy(cdn, ...lacking)))).failed;
  assert.match(await failureWithout("script-src", "'wasm-unsafe-eval'"), /^csp_blocked: .*'wasm-unsafe-eval'/);
  assert.match(await failureWithout("connect-src", cdn), /^fetch_failed: .* could not be reached/);
  for (const source of ["blob:", cdn]) {
    assert.match(await failureWithout("worker-src", source), /^worker_lost: The training worker .*Content-Security-Policy/);
  }
});

test("an engine's folder on a third origin", async (context) => {
  const { host } = await pageOfOtherOrigin(context);
  const { cdn } = await pageOfOtherOrigin(context);
  const baseUrl = `${cdn}/engine/`;
  await assertTrains(context, await host({}), false, { baseUrl });
  await assertTrains(context, await host(ISOLATION), true, { baseUrl });
});

test("what cannot run on threads runs on one, and says why", async (context) => {
  const { installed, host } = await pageOfOtherOrigin(context);
  // This machine may have too few processors for more than one thread.
  const processors = `Object.defineProperty(navigator, "hardwareConcurrency", { value: 8 });`;
  await edit(await engineScript(installed, "worker"), (code) => `${processors}\n${code}`);
  assert.equal((await resultOf(await host(ISOLATION))).threads, 4);
  const plain = await resultOf(await host({}));
  assertTrained(context, plain, 1);
  assert.equal(plain.fallback.wanted, "simd-mt");
  assert.match(plain.fallback.reason, /cross-origin isolated page/);

  await rm(await engineScript(installed, "thread"));
  const threadless = await resultOf(await host(ISOLATION));
  assertTrained(context, threadless, 1);
  assert.match(threadless.fallback.reason, /A thread of the engine could not be started/);
  const { failed } = await resultOf(await host(ISOLATION), { threads: 2 });
  assert.match(failed, /^wasm_failed: A thread of the engine could not be started/);
});

test("a missing worker script is told", async (context) => {
  const { installed, host } = await pageOfOtherOrigin(context);
  await rm(await engineScript(installed, "worker"));
  const { failed } = await resultOf(await host({}));
  assert.match(failed, /^worker_lost: The training worker could not be started/);
});

test("an engine of another build is noticed", async (context) => {
  const { installed, host } = await pageOfOtherOrigin(context);
  const page = await host({});
  const shared = await engineScript(installed, "shared");
  await cp(shared, `${shared}.kept`);
  await edit(shared, (code) => code.replaceAll(build, "0ld0ld00"));
  const outdatedWorker = await resultOf(page);
  assert.match(outdatedWorker.failed, /^build_mismatch: The page's code is of build .* 0ld0ld00/);
  await cp(`${shared}.kept`, shared);
  await edit(await engineScript(installed, "ganvas"), (code) => code.replaceAll(build, "0ld0ld00"));
  const outdatedGlue = await resultOf(page);
  assert.match(outdatedGlue.failed, /^build_mismatch: The engine's JavaScript is of build 0ld0ld00/);
});
