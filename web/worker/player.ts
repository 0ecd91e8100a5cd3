// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trains without a pause that anyone could feel: in slices of a few milliseconds, between which the
// worker reads its messages, reporting what happened about fifteen times a second. Or slowly, to be
// watched: one step at a time, and slower still one half of a step at a time.

import { asGanvasError, GanvasError } from "../engine/errors";
import type { Session } from "../engine/session";
import { METRIC_COLUMNS, type Metrics, type SampleOptions } from "../engine/types";
import { type Clock, nextSlice } from "./clock";
import { RateMeter } from "./rate_meter";

/** Each report costs the page a frame, and with it the training, where processors share a core. */
const REPORT_MS = 66;
/** A copy of the run is kept this often, to go back to when a loss or a weight becomes no number. */
const KEEP_MS = 5000;
/** Keeping may cost at most one part in this of the training time. */
const KEEPING_SHARE = 100;
/** Samples may cost at most one part in this of the training time. */
const SAMPLING_SHARE = 10;

/** Up to this pace a step is taken in its halves, so that each can be seen. */
const HALVES_PACE = 2;
const MIN_PACE = 0.1;
const MAX_PACE = 1000;
/** Waiting is done in naps, since the pace may change and training may stop meanwhile. */
const NAP_MS = 20;

export interface PlayOptions {
  /** Sent along when given: the same noise each time, redrawn at most once in `everyMs`. */
  readonly samples?: SampleOptions & { readonly everyMs: number };
  /** Stop after this many steps, 1 or more; default: never. */
  readonly steps?: number;
  /** At most this many steps a second, 0.1 to 1000; null or left out: as many as possible. */
  readonly stepsPerSecond?: number | null;
}

/** What happened since the report before, about fifteen times a second while training plays. */
export interface PlayProgress {
  readonly metrics: Metrics;
  /** (count, sample size) of PlayOptions.samples; null when not yet due. */
  readonly samples: Float32Array<ArrayBuffer> | null;
  /** Averaged over the last second or so. */
  readonly stepsPerSecond: number;
}

export class Player {
  readonly #session: Session;
  readonly #goal: number;
  readonly #samples: PlayOptions["samples"];
  readonly #clock: Clock;
  readonly #report: (progress: PlayProgress) => unknown;
  readonly #held: () => boolean;
  readonly #rate = new RateMeter();
  #pace: number | null;
  #dueAt = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #pending: Metrics[] = [];
  #last: Metrics | null = null;
  /** Whether whoever is told has taken all reports. */
  #taken = true;
  #sampledAt = Number.NEGATIVE_INFINITY;
  #sampledStep = -1;
  #samplingMs = 0;
  #kept: Uint8Array<ArrayBuffer> | null = null;
  #keptAt = Number.NEGATIVE_INFINITY;
  #keepingMs = 0;

  /**
   * @param report may return a promise: no report but the last is made before it resolves, so that
   * none wait where they are slow to be shown
   * @param held says whether the session must not change now; no step is taken meanwhile
   * @throws GanvasError invalid_argument for a pace or a number of steps out of range
   */
  constructor(
    session: Session,
    options: PlayOptions,
    clock: Clock,
    report: (progress: PlayProgress) => unknown,
    held: () => boolean = () => false,
  ) {
    this.#session = session;
    this.#goal = checkedSteps(options.steps ?? Number.POSITIVE_INFINITY);
    this.#samples = options.samples;
    this.#pace = checkedPace(options.stepsPerSecond ?? null);
    this.#clock = clock;
    this.#report = report;
    this.#held = held;
  }

  /** Takes effect within a slice; `run` then resolves. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Steps a second at most, from now on; null: as many as there can be.
   * @throws GanvasError invalid_argument
   */
  pace(stepsPerSecond: number | null): void {
    this.#pace = checkedPace(stepsPerSecond);
    this.#dueAt = Number.NEGATIVE_INFINITY;
  }

  /**
   * Trains until stopped or done; rejects when a step fails. What was trained is reported first, and
   * a run that diverged is then back at the last state that was kept.
   */
  async run(): Promise<void> {
    const goal = this.#goal;
    let done = 0;
    let slice = 1;
    let reportedAt = this.#clock.now();
    this.#rate.add(reportedAt, 0);
    while (!this.#stopped && done < goal) {
      // No message is read between here and the step.
      if (this.#held()) {
        await this.#clock.yield();
        continue;
      }
      this.#keepIfDue();
      if (this.#pace !== null && !(await this.#isTurn(this.#pace))) continue;
      const steps = this.#pace === null ? Math.min(slice, goal - done) : 1;
      const started = this.#clock.now();
      this.#pending.push(this.#trainOrReport(steps));
      const now = this.#clock.now();
      done += steps;
      this.#rate.add(now, done);
      slice = nextSlice(steps, now - started);
      if (this.#taken && now - reportedAt >= REPORT_MS) {
        this.#flush(false);
        reportedAt = this.#clock.now();
      }
      await this.#clock.yield();
    }
    this.#flush(true);
  }

  /**
   * Whether a step may be taken now. If not, this has napped for a little, or taken a slow step's
   * first half, which has a turn of its own.
   */
  async #isTurn(pace: number): Promise<boolean> {
    const inHalves = pace <= HALVES_PACE;
    const interval = 1000 / (inHalves ? 2 * pace : pace);
    const now = this.#clock.now();
    if (now < this.#dueAt) {
      await this.#clock.sleep(Math.min(this.#dueAt - now, NAP_MS));
      return false;
    }
    // A turn that came late does not make the next one follow at its heels.
    this.#dueAt = Math.max(this.#dueAt + interval, now + interval / 2);
    if (!inHalves || this.#session.state().inStep) return true;
    this.#session.advanceHalf();
    return false;
  }

  #trainOrReport(steps: number): Metrics {
    try {
      return this.#session.train(steps);
    } catch (thrown) {
      // What went well before is still news, but a generator that just failed has no samples.
      const metrics = mergeMetrics(this.#pending);
      const stepsPerSecond = this.#rate.perSecond();
      if (metrics !== null) this.#send({ metrics, samples: null, stepsPerSecond });
      if (asGanvasError(thrown).code === "non_finite") this.#goBack();
      throw thrown;
    }
  }

  /** Restores the run to its last good state; without the memory for that, it stays as it is. */
  #goBack(): void {
    if (this.#kept === null) return;
    try {
      this.#session.load(this.#kept);
    } catch {
      // The step's error is the one to report.
    }
  }

  #keepIfDue(): void {
    const started = this.#clock.now();
    const interval = Math.max(KEEP_MS, this.#keepingMs * KEEPING_SHARE);
    // To save in the middle of a step would take the rest of it, unreported.
    if (started - this.#keptAt < interval || this.#session.state().inStep) return;
    this.#kept = this.#session.save();
    this.#keptAt = this.#clock.now();
    this.#keepingMs = this.#keptAt - started;
  }

  #flush(last: boolean): void {
    const metrics = mergeMetrics(this.#pending) ?? this.#lastWithoutSamples(last);
    if (metrics === null) return;
    this.#pending = [];
    this.#last = metrics;
    const samples = this.#samplesIfDue(last, metrics.step);
    this.#send({ metrics, samples, stepsPerSecond: this.#rate.perSecond() });
  }

  #send(progress: PlayProgress): void {
    this.#taken = false;
    void Promise.resolve(this.#report(progress)).then(() => {
      this.#taken = true;
    });
  }

  /** Whoever stops right after a report should see what the last step made all the same. */
  #lastWithoutSamples(last: boolean): Metrics | null {
    const wanted = this.#samples !== undefined;
    if (!last || !wanted || this.#last === null || this.#last.step === this.#sampledStep) {
      return null;
    }
    return { ...this.#last, history: new Float32Array(0) };
  }

  #samplesIfDue(last: boolean, step: number): Float32Array<ArrayBuffer> | null {
    const wanted = this.#samples;
    if (!wanted) return null;
    const started = this.#clock.now();
    const interval = Math.max(wanted.everyMs, this.#samplingMs * SAMPLING_SHARE);
    if (!last && started - this.#sampledAt < interval) return null;
    const samples = this.#session.sample(wanted);
    this.#sampledAt = this.#clock.now();
    this.#sampledStep = step;
    this.#samplingMs = this.#sampledAt - started;
    return samples;
  }
}

function checkedSteps(steps: number): number {
  if (steps >= 1 && Math.floor(steps) === steps) return steps;
  throw new GanvasError("invalid_argument", `steps is a whole number from 1, not ${steps}.`);
}

function checkedPace(pace: number | null): number | null {
  if (pace === null || (pace >= MIN_PACE && pace <= MAX_PACE)) return pace;
  const range = `from ${MIN_PACE} to ${MAX_PACE}, or null`;
  throw new GanvasError("invalid_argument", `stepsPerSecond is ${range}, not ${pace}.`);
}

/** One report out of consecutive calls: the last one's numbers, everyone's history. */
function mergeMetrics(parts: readonly Metrics[]): Metrics | null {
  const last = parts.at(-1);
  if (last === undefined) return null;
  if (parts.length === 1) return last;
  const rows = parts.reduce((sum, part) => sum + part.history.length, 0);
  const history = new Float32Array(rows);
  let offset = 0;
  for (const part of parts) {
    history.set(part.history, offset);
    offset += part.history.length;
  }
  if (offset % METRIC_COLUMNS !== 0) throw new Error("A history has incomplete rows.");
  return { ...last, history };
}
