// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The command `ganvas`, built natively, for tests that compare the page with it.

import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the command at the root of the repository. Rejects if it fails. */
export async function ganvas(...args: string[]): Promise<string> {
  const command = ["build/release/bin/ganvas", ...args];
  const { stdout } = await promisify(execFile)("toolchain/run", command, { cwd: REPOSITORY });
  return stdout;
}

/** What `ganvas train` saves with these options. */
export async function trainedCheckpoint(...options: string[]): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "ganvas-trained-"));
  try {
    const path = join(folder, "run.safetensors");
    await ganvas("train", ...options, "--out", path);
    return await readFile(path);
  } finally {
    await rm(folder, { recursive: true });
  }
}
