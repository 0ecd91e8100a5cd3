// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// web/package/stamp_modules.mjs on a copy of the built modules.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { repository, runScript } from "./run_script.mjs";

test("a module that is gone is written again, though the build is the same", async (context) => {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-stamp-"));
  context.after(() => rm(folder, { recursive: true }));
  for (const name of ["node_modules", "assets"]) await symlink(join(repository, name), join(folder, name));
  for (const name of ["web/package/stamp_modules.mjs", "web/engine/modules"]) {
    await cp(join(repository, name), join(folder, name), { recursive: true });
  }
  const gone = join(folder, "web/engine/modules/ganvas-exchange.wasm.gz");
  await rm(gone);
  const args = [join(folder, "web/package/stamp_modules.mjs"), join(repository, "build/modules")];
  const { code, stderr } = await runScript(process.execPath, args);
  assert.equal(code, 0, stderr);
  assert.ok(existsSync(gone));
});
