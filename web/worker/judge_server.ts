// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Answers the requests of shared/judge_protocol.ts with a judge of its own.

import { GanvasError } from "../engine/errors";
import { type Judge, loadJudge } from "../engine/judge";
import { loadMnist } from "../engine/mnist";
import type { RequestOf, ServerPortOf } from "../protocol/calls";
import type { DigitsUse, JudgeCalls } from "../protocol/judge_calls";
import { post, reply, unknownCall } from "./replies";

export function serveJudge(port: ServerPortOf<JudgeCalls>): void {
  const server = new JudgeServer(port);
  port.addEventListener("message", ({ data }) => {
    if (data.type === "abort") server.abort(data.target);
    else reply(port, data.id, server.answer(data));
  });
}

class JudgeServer {
  readonly #port: ServerPortOf<JudgeCalls>;
  readonly #abortable = new Map<number, AbortController>();
  #judge: Judge | null = null;

  constructor(port: ServerPortOf<JudgeCalls>) {
    this.#port = port;
  }

  abort(id: number): void {
    this.#abortable.get(id)?.abort();
  }

  async answer(request: RequestOf<JudgeCalls>): Promise<JudgeCalls[keyof JudgeCalls]["result"]> {
    const { id } = request;
    const onProgress = (value: JudgeCalls[keyof JudgeCalls]["progress"]): void =>
      post(this.#port, { type: "progress", id, value });
    switch (request.type) {
      case "load":
        this.#judge = await loadJudge({ ...request.params, onProgress });
        return this.#judge.tier;
      case "setDigits":
        this.#setDigits(request.params.use, request.params.digits);
        return null;
      case "loadDigits": {
        const { use, ...source } = request.params;
        const aborter = new AbortController();
        this.#abortable.set(id, aborter);
        try {
          const digits = await loadMnist({ ...source, onProgress, signal: aborter.signal });
          this.#setDigits(use, digits.images);
          return digits.labels.length;
        } finally {
          this.#abortable.delete(id);
        }
      }
      case "add":
        return this.#loaded().add(request.params.samples, request.params.asked ?? undefined);
      case "reset":
        this.#loaded().reset();
        return null;
      case "quality":
        return this.#loaded().quality();
      case "opinions":
        return this.#loaded().opinions(request.params.images);
      case "nearest":
        return this.#loaded().nearest(request.params.images);
      default:
        return unknownCall(request);
    }
  }

  #setDigits(use: DigitsUse, digits: Uint8Array): void {
    switch (use) {
      case "real":
        this.#loaded().setReal(digits);
        return;
      case "training":
        this.#loaded().setTraining(digits);
        return;
    }
  }

  #loaded(): Judge {
    if (this.#judge === null) throw new GanvasError("internal", "The judge is not loaded yet.");
    return this.#judge;
  }
}
