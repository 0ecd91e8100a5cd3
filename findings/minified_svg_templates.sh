#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
#
# What minify-literals makes of Lit's svg templates, which are parts of an SVG picture.
#
# One would guess: the same shapes in fewer characters. Seen in minify-literals 2.2.0: the slashes that close the shapes
# are dropped, so that each contains the next, and only the first is drawn. A template with <svg> around it keeps them.
#
# Fails when that changes. Needs node and npm.

set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

npm init --yes >/dev/null
npm install --silent --before=2026-11-28 minify-literals@2.2.0

cat >try.mjs <<'SCRIPT'
import { minifyHTMLLiterals } from "minify-literals";

const shapes = '<circle r="6" /> <path d="M0 0h9" />';
const code = `part(svg\`${shapes}\`); whole(html\`<svg>${shapes}</svg>\`); other(svg\`${shapes}\`);`;
const small = (options) => minifyHTMLLiterals(code, options).then((result) => result.code);
const usual = await small({});
const kept = await small({ html: { keepClosingSlash: true } });
console.log(`${code}\n${usual}\n${kept}`);
const closed = (text) => text.split("/>").length - 1;
process.exit(closed(usual) === 2 && closed(kept) === 6 ? 0 : 1);
SCRIPT
node try.mjs
