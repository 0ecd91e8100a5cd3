// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The examples of the package's README: compiled by strict TypeScript as they stand, and run, in a page without a bundler
// or in Node, until they print what they promise.

import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { PAGE, project, run, writeFiles } from "./consumer.mjs";
import { closeBrowser, onPage, serve } from "./pages.mjs";

/** What each section's example prints. */
const PRINTS = {
  Train: /^step 20: lossD \d\.\d{3}, lossG \d\.\d{3}$/,
  Sample: /^64 digits$/,
  Walk: /^10 steps of a walk$/,
  Pictures: /^discs and rings, 0 left out$/,
  Judge: /^digit-FID \d+\.\d, recall 0\.\d\d, healthy$/,
  Save: /^the same bits$/,
  Elements: /^step \d+$/,
  "In Node": /^\d\.\d+$/,
};

after(closeBrowser);

test("the README's examples", async (context) => {
  const folder = await project(context, { dependencies: { typescript: "5.9.3" }, data: true });
  const readme = await readFile(join(folder, "node_modules/ganvas/README.md"), "utf8");
  const examples = [...readme.matchAll(/^## (.*)\n[\s\S]*?^```(ts|js|html)\n([\s\S]*?)^```$/gm)].map(
    ([, section, language, code]) => ({
      section,
      language,
      code,
      name: section.replaceAll(" ", "_"),
    }),
  );
  assert.deepEqual(
    examples.map(({ section }) => section),
    Object.keys(PRINTS),
  );

  const installed = "../node_modules/ganvas";
  const imports = { ganvas: `${installed}/index.js`, "ganvas/element": `${installed}/element.js` };
  const [head, script] = PAGE.split("\n");
  const start = `${head}\n<script type="importmap">${JSON.stringify({ imports })}</script>\n`;
  for (const { name, language, code } of examples) {
    await writeFiles(folder, {
      [`site/${name}.${language}`]: code,
      [`site/${name}.html`]: start + (language === "html" ? code : script.replace("app.js", `${name}.js`)),
    });
  }
  const strict = ["--strict", "--target", "es2022", "--module", "nodenext"];
  await run(
    folder,
    "node_modules/.bin/tsc",
    ...strict,
    ...examples.filter(({ language }) => language === "ts").map(({ name }) => `site/${name}.ts`),
  );
  for (const data of ["mnist", "models"]) {
    await cp(join(folder, "node_modules/ganvas-data", data), join(folder, "site", data), { recursive: true });
  }

  const origin = await serve(context, folder);
  for (const { section, language, name } of examples) {
    await context.test(section, async (inner) => {
      const line =
        language === "js"
          ? (await run(folder, process.execPath, `site/${name}.js`)).trim()
          : await onPage(`${origin}/site/${name}.html`, firstLine);
      inner.diagnostic(line);
      assert.match(line, PRINTS[section]);
    });
  }
});

async function firstLine(_page, lines) {
  for (let waited = 0; waited < 600 && lines.length === 0; waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return lines[0] ?? "nothing";
}
