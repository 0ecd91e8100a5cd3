// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Runs that are too large for the module's memory, and a module that has run out of it.

import { beforeEach, describe, expect, it } from "vitest";
import { asGanvasError } from "../engine/errors";
import { type Ganvas, loadGanvas } from "../engine/loader";
import type { Session } from "../engine/session";
import { IMAGE_PIXELS, type SessionConfig } from "../engine/types";

const LARGEST_BYTES = 2 ** 30;
const TOO_LARGE: SessionConfig = { preset: "hinge", batch_size: 1024 };
/** About 150 MB. */
const LARGE: SessionConfig = { preset: "mlp", batch_size: 1024 };

let ganvas: Ganvas;

beforeEach(async () => {
  ganvas = await loadGanvas({ tier: "simd", threads: 1 });
});

function errorOf(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (thrown) {
    return asGanvasError(thrown); // as a worker does
  }
  return { code: "none", message: "" };
}

/** As many sessions as there is memory for. */
function fill(): Session[] {
  const sessions: Session[] = [];
  for (;;) {
    const { code } = errorOf(() => sessions.push(ganvas.createSession(LARGE)));
    if (code === "none") continue;
    expect(code).toBe("out_of_memory");
    return sessions;
  }
}

function trains(): boolean {
  const session = ganvas.createSession({ preset: "seed", examples: 64 });
  session.setData(new Uint8Array(64 * IMAGE_PIXELS), new Uint8Array(64));
  const { step } = session.train(3);
  session.dispose();
  return step === 3;
}

describe("a run that needs more memory than the module can have", () => {
  it("is reported with both figures", () => {
    const { problem } = ganvas.checkConfig(TOO_LARGE);
    expect(problem).toMatchObject({ kind: "too_much_memory", path: "" });
    const most = problem?.range !== undefined && "most" in problem.range ? problem.range.most : 0;
    expect(most).toBeGreaterThan(0.9 * LARGEST_BYTES);
    expect(most).toBeLessThan(LARGEST_BYTES);
    expect(problem?.value).toBeGreaterThan(most);
  });

  it("is refused, and the next run works", () => {
    const { code, message } = errorOf(() => ganvas.createSession(TOO_LARGE));
    expect(code).toBe("out_of_memory");
    expect(message).toMatch(/needs \d+ MB of memory, but a run can have only \d+ MB/);
    expect(trains()).toBe(true);
  });

  it("fits with a smaller batch", () => {
    expect(ganvas.checkConfig({ ...TOO_LARGE, batch_size: 256 }).problem).toBeNull();
  });
});

describe("a module whose memory is used up", () => {
  it("says so, and gives back what a session that did not fit had taken", () => {
    const counts = [1, 2, 3].map(() => {
      const sessions = fill();
      for (const session of sessions) session.dispose();
      expect(trains()).toBe(true);
      return sessions.length;
    });
    expect(counts[0]).toBeGreaterThan(3);
    expect(counts).toEqual(Array(3).fill(counts[0]));
  });

  it("keeps its sessions when data, samples or a file do not fit", () => {
    const session = ganvas.createSession(LARGE);
    session.setData(new Uint8Array(64 * IMAGE_PIXELS), new Uint8Array(64));
    const others = fill();
    const images = 1_000_000;
    const data = [new Uint8Array(images * IMAGE_PIXELS), new Uint8Array(images)] as const;
    expect(errorOf(() => session.setData(...data)).code).toBe("out_of_memory");
    expect(errorOf(() => session.sample({ count: 65_536, seed: 1 })).code).toBe("out_of_memory");
    expect(errorOf(() => session.load(data[0])).code).toBe("out_of_memory");
    expect(session.train(1).step).toBe(1);
    for (const other of others) other.dispose();
    expect(session.sample({ count: 4, seed: 1 })).toHaveLength(4 * IMAGE_PIXELS);
    expect(session.save().length).toBeGreaterThan(10_000_000);
  });
});
