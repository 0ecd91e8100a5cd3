// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Counting tests in the reports of all runners, on which the summary of tests/run.sh is based.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { runScript } from "./run_script.mjs";

async function count(kind, report) {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-counts-"));
  const file = join(folder, "report");
  await writeFile(file, report);
  const result = await runScript("tests/count.mjs", [kind, file]);
  await rm(folder, { recursive: true });
  return result;
}

const vitest = (extra) =>
  JSON.stringify({
    success: true,
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...extra,
  });

const playwright = (stats, errors = []) =>
  JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

const cases = [
  [
    "ctest: passed, failed and skipped",
    "junit",
    '<testsuite name="x" tests="9" failures="2" disabled="1" skipped="1" time="3"><testcase/></testsuite>',
    "5 2 2",
  ],
  ["ctest: no tests", "junit", '<testsuite name="x" tests="0" failures="0" disabled="0" skipped="0"/>', "0 0 0"],
  [
    "node: passed, failed and skipped",
    "tap",
    "ok 1\n# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n",
    "3 2 1",
  ],
  [
    "vitest: passed and failed",
    "vitest",
    vitest({ success: false, numPassedTests: 4, numFailedTests: 2, numPendingTests: 1 }),
    "4 2 1",
  ],
  [
    "vitest: a file that cannot be loaded",
    "vitest",
    vitest({ success: false, numPassedTests: 4, testResults: [{ status: "failed", assertionResults: [] }] }),
    "4 1 0",
  ],
  ["vitest: an error outside any test", "vitest", vitest({ success: false, numPassedTests: 4 }), "4 1 0"],
  [
    "playwright: passed, failed, flaky, skipped",
    "playwright",
    playwright({ expected: 5, unexpected: 1, flaky: 1, skipped: 2 }),
    "5 2 2",
  ],
  ["playwright: a server that fails to start", "playwright", playwright({}, [{ message: "no" }]), "0 1 0"],
];

for (const [name, kind, report, expected] of cases) {
  test(`counts ${name}`, async () => {
    const { code, stdout } = await count(kind, report);
    assert.equal(code, 0);
    assert.equal(stdout.trim(), expected);
  });
}

for (const kind of ["junit", "tap", "vitest", "playwright"]) {
  test(`reports an unreadable ${kind} report as an error`, async () => {
    const { code, stdout, stderr } = await count(kind, "Segmentation fault");
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^error: cannot count/);
  });
}

test("tells again why a test in a browser failed", async () => {
  const failed = { results: [{ errors: [{ message: "\u001b[31mwrong\u001b[39m" }] }] };
  const spec = { ok: false, file: "a.spec.ts", line: 7, tests: [failed] };
  const suites = [{ specs: [{ ok: true }], suites: [{ specs: [spec] }] }];
  const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
  const { stdout, stderr } = await count("playwright", JSON.stringify({ stats, errors: [], suites }));
  assert.equal(stdout.trim(), "1 1 0");
  assert.equal(stderr.trim(), "a.spec.ts:7: wrong");
});
