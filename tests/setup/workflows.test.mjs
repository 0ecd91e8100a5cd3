// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The workflows cannot change with another repository's tags, and can write nothing but the page.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { repository } from "./run_script.mjs";

const folder = join(repository, ".github", "workflows");
const workflows = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);

const writes = { "pages.yml": ["pages: write", "id-token: write"], "tests.yml": [] };

for (const [name, text] of workflows) {
  test(`${name} uses actions by their commits`, () => {
    const uses = text.match(/uses: .*/g) ?? [];
    assert.ok(uses.length >= 2);
    for (const line of uses) assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test(`${name} has no rights that it does not need`, () => {
    assert.match(text, /^permissions:\n {2}contents: read\n\n/m);
    assert.deepEqual(text.match(/[\w-]+: write/g) ?? [], writes[name]);
  });
}
