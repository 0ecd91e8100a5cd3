// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the judge's worker answers. Every public method here is a call (see calls/messages.ts).

import { CallServer, type ServerPort } from "../calls/server";
import { GanvasError } from "../engine/errors";
import { type Judge, type JudgeOptions, loadJudge } from "../engine/judge";
import type { JudgeModule } from "../engine/judge_files";
import { startJudgeModule } from "../engine/judge_module";
import { loadMnist, type MnistOptions } from "../engine/mnist";
import { type JudgedPictures, judgePictures, type PictureJudge } from "../engine/picture_judge";
import type { LoadProgress, Tier } from "../engine/types";
import { type Greeting, greet } from "./greeting";

/** Every call of a judge in a worker: the engine's, and the downloads. It ends with its worker. */
export type JudgeCalls = Omit<Judge, "dispose"> & JudgeDigits;

/** The same of a judge of other pictures. */
export type PictureJudgeCalls = Omit<PictureJudge, "dispose"> & JudgedSet;

export function serveJudge(port: ServerPort): void {
  const server = new CallServer(port);
  server.expose(new JudgeLoader(server));
}

export class JudgeLoader {
  readonly #server: CallServer;

  constructor(server: CallServer) {
    this.#server = server;
  }

  /**
   * @returns the tier that runs, and the judge's number
   * @throws GanvasError as `loadJudge`
   */
  async load(
    options: JudgeOptions & Greeting & { readonly onProgress?: (progress: LoadProgress) => void },
  ): Promise<{ readonly tier: Tier; readonly judge: number }> {
    greet(options);
    const judge = await loadJudge(options);
    return { tier: judge.tier, judge: this.#server.expose(new JudgeDigits(judge), judge) };
  }

  /**
   * @returns the tier that runs, and the number of what makes a judge of pictures
   * @throws GanvasError as `loadPictureJudge` without pictures
   */
  async loadForPictures(
    options: Omit<JudgeOptions, "model"> &
      Greeting & { readonly onProgress?: (progress: LoadProgress) => void },
  ): Promise<{ readonly tier: Tier; readonly maker: number }> {
    greet(options);
    const { module, tier } = await startJudgeModule(options);
    return { tier, maker: this.#server.expose(new PictureJudgeMaker(this.#server, module, tier)) };
  }
}

/** A call of its own, since it computes without a break, and nobody may take that for the worker's end. */
export class PictureJudgeMaker {
  readonly #server: CallServer;
  readonly #module: JudgeModule;
  readonly #tier: Tier;

  constructor(server: CallServer, module: JudgeModule, tier: Tier) {
    this.#server = server;
    this.#module = module;
    this.#tier = tier;
  }

  /**
   * @returns the judge's number
   * @throws GanvasError as `judgePictures`
   */
  judge(pictures: JudgedPictures): number {
    const judge = judgePictures(this.#module, this.#tier, pictures);
    return this.#server.expose(new JudgedSet(judge, pictures.pixels), judge);
  }
}

export class JudgedSet {
  readonly #judge: PictureJudge;
  readonly #pixels: Uint8Array;

  constructor(judge: PictureJudge, pixels: Uint8Array) {
    this.#judge = judge;
    this.#pixels = pixels;
  }

  /**
   * The picture nearest to an image, and its distance, as by `PictureJudge.nearest`.
   * @throws GanvasError as that; invalid_argument for several images
   */
  nearestPicture(image: Float32Array<ArrayBuffer>): {
    readonly values: Uint8Array<ArrayBuffer>;
    readonly distance: number;
  } {
    const { indices, distances } = this.#judge.nearest(image);
    if (indices.length > 1) {
      const line = `nearestPicture() takes one image, not ${indices.length}.`;
      throw new GanvasError("invalid_argument", line);
    }
    const from = (indices[0] ?? 0) * image.length;
    const values = Uint8Array.from(this.#pixels.subarray(from, from + image.length));
    return { values, distance: distances[0] ?? Number.NaN };
  }
}

export class JudgeDigits {
  readonly #judge: Judge;

  constructor(judge: Judge) {
    this.#judge = judge;
  }

  /**
   * Downloads into the worker the digits that `setReal` would take; for unseen ones, name the t10k
   * files.
   * @returns how many they are
   * @throws GanvasError as `loadMnist` and `setReal`
   */
  async loadReal(options: MnistOptions): Promise<number> {
    const { images, labels } = await loadMnist(options);
    this.#judge.setReal(images);
    return labels.length;
  }

  /**
   * Downloads into the worker the digits that `setTraining` would take.
   * @returns how many they are
   * @throws GanvasError as `loadMnist` and `setTraining`
   */
  async loadTraining(options: MnistOptions): Promise<number> {
    const { images, labels } = await loadMnist(options);
    this.#judge.setTraining(images);
    return labels.length;
  }
}
