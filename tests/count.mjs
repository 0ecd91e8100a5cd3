#!/usr/bin/env node
// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// count.mjs KIND FILE: prints "PASSED FAILED SKIPPED" from the report of a test runner: junit (ctest), tap (node --test),
// vitest or playwright (JSON). Errors outside any test, such as a file that cannot be loaded, count as failures.
// Playwright's log ends without the reasons of failures, so they are told again.

import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

function fromJunit(text) {
  const suite = /<testsuite\b[^>]*>/.exec(text)?.[0];
  if (suite === undefined) throw new Error("it has no <testsuite>");
  const attribute = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const skipped = attribute("skipped") + attribute("disabled");
  const failed = attribute("failures") + attribute("errors");
  return { passed: attribute("tests") - failed - skipped, failed, skipped };
}

function fromTap(text) {
  const last = (name) => {
    const found = [...text.matchAll(new RegExp(`^# ${name} (\\d+)$`, "gm"))].at(-1);
    if (found === undefined) throw new Error(`it has no "# ${name}" line`);
    return Number(found[1]);
  };
  return {
    passed: last("pass"),
    failed: last("fail") + last("cancelled"),
    skipped: last("skipped") + last("todo"),
  };
}

function fromVitest(text) {
  const report = JSON.parse(text);
  const unloadable = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  const failed = report.numFailedTests + unloadable;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function* failedSpecs({ specs = [], suites = [] }) {
  yield* specs.filter(({ ok }) => !ok);
  for (const suite of suites) yield* failedSpecs(suite);
}

function fromPlaywright(text) {
  const { stats, errors, suites } = JSON.parse(text);
  for (const { file, line, tests } of failedSpecs({ suites })) {
    const [message] = tests.flatMap(({ results }) => results.flatMap((result) => result.errors.map((e) => e.message)));
    console.error(`${file}:${line}: ${stripVTControlCharacters(message ?? "it was interrupted")}`);
  }
  // A test that passes only on a retry counts as failed.
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

const readers = new Map([
  ["junit", fromJunit],
  ["tap", fromTap],
  ["vitest", fromVitest],
  ["playwright", fromPlaywright],
]);

const [kind, file] = process.argv.slice(2);
const read = readers.get(kind);
if (read === undefined || file === undefined) {
  console.error(`error: usage: count.mjs KIND FILE; kinds: ${[...readers.keys()].join(", ")}`);
  process.exit(2);
}
try {
  const { passed, failed, skipped } = read(readFileSync(file, "utf8"));
  console.log(`${passed} ${failed} ${skipped}`);
} catch (error) {
  console.error(`error: cannot count the tests of ${file}: ${error.message}`);
  process.exit(1);
}
