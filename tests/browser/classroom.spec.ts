// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The page served to other machines, as by `./build-wasm.sh --serve --host ADDRESS`. Another loopback
// address stands in for the machine's own: it is served only when asked for.

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "./app_page";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Starts the server and waits for the first link that it prints. */
async function serve(address: string[]): Promise<{ server: ChildProcess; link: URL }> {
  // In a process group of its own, so that the server can be stopped with its children.
  const server = spawn("toolchain/serve_page.sh", ["4180", ...address], {
    cwd: REPOSITORY,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // Also where the tests are stopped.
  const end = (): boolean => server.pid !== undefined && process.kill(-server.pid);
  process.once("exit", end);
  server.once("exit", () => process.off("exit", end));
  let said = "";
  const link = await new Promise<URL>((resolve, reject) => {
    server.stderr?.on("data", (piece) => {
      said += piece;
      const found = /^ {2}(http:\S+)$/m.exec(said)?.[1];
      if (found !== undefined) resolve(new URL(found));
    });
    server.once("exit", () => reject(new Error(said)));
  });
  return { server, link };
}

/** Resolves when its address is free for the next test: all of its processes have ended. */
async function stop(server: ChildProcess): Promise<void> {
  const { pid } = server;
  if (pid === undefined) return;
  const ended = new Promise((resolve) => server.once("close", resolve));
  process.kill(-pid);
  await ended;
}

async function answers(link: URL, hostname: string): Promise<boolean> {
  const other = new URL(link);
  other.hostname = hostname;
  return fetch(other).then(
    ({ ok }) => ok,
    () => false,
  );
}

test("is served at the address that was asked for, and only there", async ({ app }) => {
  const { server, link } = await serve(["127.0.0.2"]);
  try {
    expect(link.hostname).toBe("127.0.0.2");
    await expect.poll(() => answers(link, "127.0.0.2")).toBe(true);
    expect(await answers(link, "127.0.0.1")).toBe(false);
    await app.open("?examples=1000", link.href);
    await app.trainAtLeast(1);
  } finally {
    await stop(server);
  }
});

test("is served to this machine alone when no address was asked for", async () => {
  const { server, link } = await serve([]);
  try {
    expect(link.hostname).toBe("localhost");
    await expect.poll(() => answers(link, "localhost")).toBe(true);
    expect(await answers(link, "127.0.0.2")).toBe(false);
  } finally {
    await stop(server);
  }
});

test("is served at every address with 0.0.0.0", async () => {
  const { server, link } = await serve(["0.0.0.0"]);
  try {
    await expect.poll(() => answers(link, "127.0.0.1")).toBe(true);
    expect(await answers(link, "127.0.0.2")).toBe(true);
  } finally {
    await stop(server);
  }
});
