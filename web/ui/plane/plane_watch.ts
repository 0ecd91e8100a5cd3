// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Asks a run what the plane shows of it: what D says of each place, where G takes its noise, and
// which way D pulls each generated point. One question at a time, and after each answer a pause as
// long as several, so that looking never starves training.

import type { ClientSession } from "../../client/training_client";
import { fieldPlaces, latticeLatents, type Point } from "./plane";

type Floats = Float32Array<ArrayBuffer>;

export interface Question {
  readonly run: ClientSession;
  readonly latentSize: number;
  readonly field: boolean;
  readonly lattice: boolean;
  /** Generated points (n, 2) whose pull is wanted; null: of none. */
  readonly pulled: Floats | null;
  /** A place whose score is wanted. */
  readonly mark: Point | null;
  /** Whether the run is training meanwhile. */
  readonly training: boolean;
}

/** What was not asked for is null. */
export interface View {
  /** (FIELD_SIDE^2) D's scores. */
  readonly field: Floats | null;
  /** ((LATTICE_SIDE + 1)^2, 2) where G takes the lattice's crossings. */
  readonly lattice: Floats | null;
  /** The points that were asked about, and (n, 2) how D's logit grows there. */
  readonly pulled: Floats | null;
  readonly pulls: Floats | null;
  readonly mark: Point | null;
  readonly markScore: number | null;
}

const LEAST_PAUSE_MS = 50;
/** The pause after an answer while training, in times that the answer took. */
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
  #later: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param question what to ask when it is time to; null: nothing
   * @param take is given each answer whose run is still the one to ask about
   */
  constructor(question: () => Question | null, take: (view: View) => void) {
    this.#question = question;
    this.#take = take;
  }

  /** To be called when something has changed; however often, one question follows the other. */
  look(): void {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#later);
    const wait = this.#restUntil - performance.now();
    if (wait > 0) this.#later = setTimeout(() => this.look(), wait);
    else void this.#ask();
  }

  stop(): void {
    clearTimeout(this.#later);
    this.#again = false;
  }

  async #ask(): Promise<void> {
    const question = this.#question();
    if (question === null) return;
    this.#asking = true;
    const asked = performance.now();
    try {
      const view = await ask(question);
      if (question.run === this.#question()?.run) this.#take(view);
    } catch {
      // The run was replaced meanwhile; trouble of the worker is told where the engine is.
    }
    this.#asking = false;
    const answered = performance.now();
    const pause = question.training ? PAUSES * (answered - asked) : 0;
    this.#restUntil = answered + Math.max(LEAST_PAUSE_MS, pause);
    if (!this.#again) return;
    this.#again = false;
    this.look();
  }
}
