// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A page in a browser that Playwright does not drive, as tests use it.

import { expect as once } from "./prompt_expect";

/** A browser that has just been started is slow. */
const expect = once.configure({ timeout: 60_000 });

/**
 * A script's function that finds the first match in any shadow tree. "a >>> b" is the first b inside a,
 * also in its shadow trees.
 */
export const FIND = `
  const findOne = (root, selector) => {
    const found = root.querySelector(selector);
    if (found !== null) return found;
    for (const { shadowRoot } of root.querySelectorAll("*")) {
      const inside = shadowRoot && findOne(shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const find = (root, selectors) =>
    selectors.split(" >>> ").reduce(
      (within, selector) => within && findOne(within.shadowRoot ?? within, selector),
      root,
    )`;

export abstract class EnginePage {
  abstract open(url: string): Promise<void>;

  /** Runs the body of a function in the page. */
  abstract run<T>(script: string, ...args: unknown[]): Promise<T>;

  /** Clicks the first match in any shadow tree, as a mouse does. */
  abstract click(selector: string): Promise<void>;

  abstract stop(): Promise<void>;

  /** Text of the first match in any shadow tree; null if there is none. */
  text(selector: string): Promise<string | null> {
    return this.run(
      `${FIND}; return find(document, arguments[0])?.textContent.trim() ?? null`,
      selector,
    );
  }

  /** Clicks a button once it can be pressed. */
  async press(selector: string): Promise<void> {
    await expect.poll(() => this.text(`${selector}:not(:disabled)`)).not.toBeNull();
    // What has just come into view may still be covered, and what moves as the mouse comes is missed.
    await expect(async () => {
      await this.run(
        `${FIND}; window.missed = true;
         find(document, arguments[0]).addEventListener("click", () => { window.missed = false; }, { once: true })`,
        selector,
      );
      await this.click(selector);
      // A page that the click has left misses nothing.
      expect(await this.run("return window.missed").catch(() => false)).not.toBe(true);
    }).toPass({ timeout: 20_000 });
  }

  /** The run's step. */
  async step(): Promise<number> {
    return Number.parseInt(((await this.text("#steps")) ?? "").replaceAll(",", ""), 10);
  }

  /** Plays until a step, pauses, and waits until the run is saved. Returns the step. */
  async trainTo(least: number): Promise<number> {
    await this.press("#play");
    await expect.poll(() => this.step()).toBeGreaterThanOrEqual(least);
    return this.rest();
  }

  /** Pauses, and waits until the run is saved. Returns the step. */
  async rest(): Promise<number> {
    await this.press("#play");
    await expect.poll(() => this.text("#play")).toBe("Play");
    const rested = await this.step();
    const saved = (): Promise<string> => this.run(`${FIND}; return find(document, "#runs").title`);
    await expect.poll(saved).toContain(rested.toLocaleString("en"));
    return rested;
  }
}
