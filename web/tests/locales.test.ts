// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The catalog is complete and current: extracting again finds nothing new, every message has a
// translation with the same placeholders, and the generated modules match the catalog.

import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const WEB = fileURLToPath(new URL("../", import.meta.url));
const TOOL = createRequire(import.meta.url).resolve("@lit/localize-tools/bin/lit-localize.js");
const CATALOG = "xliff/zh-Hans.xlf";

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "ganvas-locales-"));
  // Without generated modules and with an unused message, so that the tool has to write everything.
  cpSync(join(WEB, "locales/xliff"), join(scratch, "xliff"), { recursive: true });
  const catalog = readFileSync(join(scratch, CATALOG), "utf8");
  const stale = '<trans-unit id="stale"><source>Gone</source><target>没有了</target></trans-unit>';
  writeFileSync(join(scratch, CATALOG), catalog.replace("</body>", `${stale}\n</body>`));
  const config = JSON.parse(readFileSync(join(WEB, "lit-localize.json"), "utf8"));
  config.tsConfig = join(WEB, "tsconfig.json");
  config.output.outputDir = join(scratch, "generated");
  config.output.localeCodesModule = join(scratch, "generated/locale_codes.ts");
  config.interchange.xliffDir = join(scratch, "xliff");
  delete config.$schema;
  writeFileSync(join(scratch, "lit-localize.json"), JSON.stringify(config));
  for (const command of ["extract", "build"]) {
    const args = [TOOL, "--config", join(scratch, "lit-localize.json"), command];
    execFileSync(process.execPath, args, { cwd: WEB });
  }
}, 240_000);

afterAll(() => rmSync(scratch, { recursive: true }));

function committed(path: string): string {
  return readFileSync(join(WEB, "locales", path), "utf8");
}

function rebuilt(path: string): string {
  return readFileSync(join(scratch, path), "utf8");
}

describe("the Chinese catalog", () => {
  it("has exactly the messages of the sources", () => {
    expect(committed(CATALOG)).toBe(rebuilt(CATALOG));
  });

  it("translates each with the same placeholders", () => {
    const units = committed(CATALOG).split("<trans-unit").slice(1);
    expect(units.length).toBeGreaterThan(50);
    for (const unit of units) {
      const source = /<source>(.*?)<\/source>/s.exec(unit)?.[1] ?? "";
      const target = /<target>(.*?)<\/target>/s.exec(unit)?.[1] ?? "";
      expect(target, source).not.toBe("");
      const placeholders = (text: string) => [...text.matchAll(/<x id="(\d+)"/g)].map((m) => m[1]);
      expect(placeholders(target).sort(), source).toEqual(placeholders(source).sort());
      // Names such as WebAssembly can stay; English sentences must not.
      if (/[a-z]{3} [a-z]{3}/.test(source)) expect(target, source).toMatch(/\p{Script=Han}/u);
    }
  });

  it("matches the generated module", () => {
    for (const path of ["generated/zh-Hans.ts", "generated/locale_codes.ts"]) {
      expect(committed(path)).toBe(rebuilt(path));
    }
  });
});
