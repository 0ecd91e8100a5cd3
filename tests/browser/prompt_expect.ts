// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Playwright's expectations, whose polls ask ten times a second: its own pauses grow to a second, and the
// tests would wait them out hundreds of times.

import { type Expect, expect as patient } from "@playwright/test";

type PollOptions = Exclude<Parameters<Expect["poll"]>[1], string | undefined>;

/** In milliseconds. */
export const INTERVALS = [20, 50, 100];

export const expect = promptly(patient);

function promptly(once: Expect): Expect {
  const poll: Expect["poll"] = (actual, options) => {
    const given: PollOptions = typeof options === "string" ? { message: options } : (options ?? {});
    return once.poll(actual, { intervals: INTERVALS, ...given });
  };
  const configure: Expect["configure"] = (options) => promptly(once.configure(options));
  const own: Partial<Expect> = { poll, configure };
  return new Proxy(once, {
    get: (target, name) => Reflect.get(name in own ? own : target, name),
  });
}
