// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Step inputs for the peers: shuffled digits in [-1, 1], normal noise and random classes. In plain
// JavaScript, which is faster than the peers' own random numbers and gathers.

import type { Digits } from "../../../../web/index";

const PIXELS = 784;

export class Batches {
  readonly #images: Float32Array;
  readonly #labels: Uint8Array;
  readonly #size: number;
  readonly #order: Uint32Array;
  #next = 0;

  constructor({ images, labels }: Digits, size: number) {
    this.#images = Float32Array.from(images, (byte) => byte / 127.5 - 1);
    this.#labels = labels;
    this.#size = size;
    this.#order = Uint32Array.from(labels, (_, index) => index);
    this.#next = labels.length;
  }

  /** The next digits (size, 784) of this epoch's random order, and their classes. */
  real(): { images: Float32Array; labels: Uint8Array } {
    if (this.#next + this.#size > this.#order.length) this.#shuffle();
    const images = new Float32Array(this.#size * PIXELS);
    const labels = new Uint8Array(this.#size);
    for (let sample = 0; sample < this.#size; sample += 1) {
      const at = this.#order[this.#next + sample] ?? 0;
      images.set(this.#images.subarray(at * PIXELS, (at + 1) * PIXELS), sample * PIXELS);
      labels[sample] = this.#labels[at] ?? 0;
    }
    this.#next += this.#size;
    return { images, labels };
  }

  /** Standard normal values (size, features), by the Box-Muller transform. */
  noise(features: number): Float32Array {
    const values = new Float32Array(this.#size * features);
    for (let at = 0; at < values.length; at += 2) {
      const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
      const angle = 2 * Math.PI * Math.random();
      values[at] = radius * Math.cos(angle);
      values[at + 1] = radius * Math.sin(angle);
    }
    return values;
  }

  /** Random classes for G. */
  labels(): Uint8Array {
    return Uint8Array.from({ length: this.#size }, () => Math.floor(Math.random() * 10));
  }

  #shuffle(): void {
    const order = this.#order;
    for (let last = order.length - 1; last > 0; last -= 1) {
      const other = Math.floor(Math.random() * (last + 1));
      const moved = order[last] ?? 0;
      order[last] = order[other] ?? 0;
      order[other] = moved;
    }
    this.#next = 0;
  }
}

/** One-hot vectors (labels, 10). */
export function oneHot(labels: Uint8Array): Float32Array {
  const values = new Float32Array(labels.length * 10);
  for (const [sample, label] of labels.entries()) values[sample * 10 + label] = 1;
  return values;
}
