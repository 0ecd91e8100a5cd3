#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What setLocale() of @lit/localize does for a locale whose texts could not be loaded the first time.
#
# One would guess: it loads them again. Seen in @lit/localize 0.12.2: it returns the first failure, without calling
# loadLocale, until another locale has been set in between.
#
# Fails when that changes. Needs node and npm.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 @lit/localize@0.12.2

cat >try.mjs <<'SCRIPT'
// All that the library needs of a page.
globalThis.window = new EventTarget();
globalThis.CustomEvent ??= class extends Event {};

const { configureLocalization } = await import("@lit/localize");
let calls = 0;
let reachable = false;
const { setLocale } = configureLocalization({
  sourceLocale: "en",
  targetLocales: ["zh-Hans"],
  loadLocale: async () => {
    calls += 1;
    if (!reachable) throw new Error("no network");
    return { templates: {} };
  },
});
const attempt = async (locale) => {
  const before = calls;
  const outcome = await setLocale(locale).then(() => "set", ({ message }) => message);
  return `${outcome}, loadLocale called ${calls - before} times`;
};
const seen = [await attempt("zh-Hans")];
reachable = true;
seen.push(await attempt("zh-Hans"));
await attempt("en");
seen.push(await attempt("zh-Hans"));
console.log(`without a network: ${seen[0]}\nwith one: ${seen[1]}\nafter another locale: ${seen[2]}`);
const expected = ["no network", "no network", "set"].map(
  (outcome, at) => `${outcome}, loadLocale called ${at === 1 ? 0 : 1} times`,
);
process.exit(seen.join() === expected.join() ? 0 : 1);
SCRIPT
node try.mjs
