// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Searches for the generator's image nearest to a target that may still change: a short search from
// the last result, which soon shows what it has, then a longer one once the target stays the same.

import type { InversionState } from "../../engine/exploration";
import { Latest } from "../platform/latest";
import type { Model } from "../state/models";

type Floats = Float32Array<ArrayBuffer>;

/** About a tenth of a second on a laptop. */
const QUICK_STEPS = 16;
/**
 * A search without a start shows its result only after this many steps: until then, all targets get
 * similar pictures.
 */
const SHOWN_STEPS = 6;
/** A search that starts from the previous result, before the last stroke, needs fewer steps. */
const SHOWN_STEPS_FROM = 3;
const PATIENT_STEPS = 250;
/** Starts per class; an unconditional generator uses the default. */
const PATIENT_STARTS = 3;

export class Nearest {
  readonly #changed: () => void;
  readonly #failed: (thrown: unknown) => void;
  readonly #latest: Latest;
  #patient = new AbortController();
  #model: Model | null = null;
  /** Incremented by `stop`; results of earlier searches are dropped. */
  #stops = 0;
  /** Best result for the current target; null before the first. */
  found: InversionState | null = null;
  searching = false;

  constructor(changed: () => void, failed: (thrown: unknown) => void) {
    this.#changed = changed;
    this.#failed = failed;
    this.#latest = new Latest(failed);
  }

  seek(model: Model, target: Floats): void {
    this.#patient.abort();
    const stops = this.#stops;
    this.#latest.ask(async () => {
      this.searching = true;
      const from = this.#model === model ? this.found?.latent : undefined;
      this.#model = model;
      const shownSteps = from === undefined ? SHOWN_STEPS : SHOWN_STEPS_FROM;
      const found = await model.session.invert({
        target,
        steps: QUICK_STEPS,
        ...(from && { from }),
        onProgress: (state) => {
          if (stops === this.#stops && state.steps >= shownSteps) this.#show(state);
        },
      });
      if (stops !== this.#stops) return;
      this.#show(found);
      this.#patient = new AbortController();
      void this.#improve(model, target, found, this.#patient.signal);
    });
  }

  stop(): void {
    this.#stops += 1;
    this.#latest.forget();
    this.#patient.abort();
    this.found = null;
    this.searching = false;
  }

  async #improve(
    model: Model,
    target: Floats,
    { latent: from }: InversionState,
    signal: AbortSignal,
  ): Promise<void> {
    const better = (state: InversionState): void => {
      if (!signal.aborted && state.error < (this.found?.error ?? Number.POSITIVE_INFINITY)) {
        this.#show(state);
      }
    };
    const starts = model.conditional ? { starts: PATIENT_STARTS } : {};
    const options = { target, from, seed: 2, steps: PATIENT_STEPS, ...starts };
    try {
      better(await model.session.invert({ ...options, signal, onProgress: better }));
      // Another search may have begun while this one ended.
      if (signal.aborted) return;
      this.searching = false;
      this.#changed();
    } catch (thrown) {
      this.#failed(thrown);
    }
  }

  #show(state: InversionState): void {
    this.found = state;
    this.#changed();
  }
}
