// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Queries a run for what the plane shows: D's score at each place, G's images of the lattice, and
// D's gradient at each generated point. One query at a time, each followed by a pause of several
// times its duration, so that training keeps most of the time.

import type { ClientSession } from "../../client/training_client";
import { fieldPlaces, latticeLatents, type Point } from "./plane";

type Floats = Float32Array<ArrayBuffer>;

export interface Question {
  readonly run: ClientSession;
  readonly latentSize: number;
  readonly field: boolean;
  readonly lattice: boolean;
  /** Generated points (n, 2) at which to compute D's gradient; null: none. */
  readonly pulled: Floats | null;
  /** A place to score. */
  readonly mark: Point | null;
  /** Whether the run is training meanwhile. */
  readonly training: boolean;
}

/** Parts that were not requested are null. */
export interface View {
  /** D's scores, (FIELD_SIDE^2). */
  readonly field: Floats | null;
  /** G's images of the lattice's vertices, ((LATTICE_SIDE + 1)^2, 2). */
  readonly lattice: Floats | null;
  /** The requested points, and the gradient of D's logit there, (n, 2). */
  readonly pulled: Floats | null;
  readonly pulls: Floats | null;
  readonly mark: Point | null;
  readonly markScore: number | null;
}

const LEAST_PAUSE_MS = 50;
/** Pause after a query while training, as a multiple of its duration. */
const PAUSES = 3;

const PLACES = fieldPlaces();

export async function ask(question: Question): Promise<View> {
  const { run, mark, pulled } = question;
  const place = mark === null ? [] : [mark.x, mark.y];
  const samples = Float32Array.of(...(question.field ? PLACES : []), ...place);
  const [scores, lattice, pulls] = await Promise.all([
    samples.length === 0 ? null : run.score({ samples }),
    question.lattice ? run.generate({ latents: latticeLatents(question.latentSize) }) : null,
    pulled === null ? null : run.saliency({ samples: pulled }),
  ]);
  return {
    field: question.field && scores !== null ? scores.subarray(0, PLACES.length / 2) : null,
    lattice,
    pulled,
    pulls,
    mark,
    markScore: mark === null ? null : (scores?.at(-1) ?? null),
  };
}

export class PlaneWatch {
  readonly #question: () => Question | null;
  readonly #take: (view: View) => void;
  #asking = false;
  #again = false;
  #restUntil = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param question returns the next query, or null for none
   * @param take receives each answer whose run is still current
   */
  constructor(question: () => Question | null, take: (view: View) => void) {
    this.#question = question;
    this.#take = take;
  }

  /** Call after every change; queries never overlap. */
  look(): void {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    const wait = this.#restUntil - performance.now();
    if (wait > 0) this.#timer = setTimeout(() => this.look(), wait);
    else void this.#ask();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#again = false;
  }

  async #ask(): Promise<void> {
    const question = this.#question();
    if (question === null) return;
    this.#asking = true;
    const started = performance.now();
    try {
      const view = await ask(question);
      if (question.run === this.#question()?.run) this.#take(view);
    } catch {
      // The run was replaced meanwhile; worker errors are reported with the engine's state.
    }
    this.#asking = false;
    const answered = performance.now();
    const pause = question.training ? PAUSES * (answered - started) : 0;
    this.#restUntil = answered + Math.max(LEAST_PAUSE_MS, pause);
    if (!this.#again) return;
    this.#again = false;
    this.look();
  }
}
