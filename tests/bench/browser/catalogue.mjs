// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The workloads and contenders of the benchmark, by name. Networks, learning rates and losses come
// from Ganvas' presets for every contender.

/** @typedef {{ preset: import("../../../web/engine/types").Preset, batch: number, gflop: number | null }} Workload */

/** gflop: useful work per step, if the table shows it. @type {Readonly<Record<string, Workload>>} */
export const WORKLOADS = {
  W1: { preset: "seed", batch: 32, gflop: null },
  W2: { preset: "mlp", batch: 64, gflop: null },
  W3: { preset: "dcgan", batch: 64, gflop: null },
  W4: { preset: "quick", batch: 16, gflop: 0.1 },
};

/**
 * @typedef {{ library: "ganvas", threads: number }} GanvasKind
 * @typedef {{ library: "tensorflow", backend: "cpu" | "wasm", threads: number, patched: boolean }} TensorFlowKind
 * @typedef {{ library: "jax", workers: number }} JaxKind with 0 workers, everything runs on the page's thread
 * @typedef {(GanvasKind | TensorFlowKind | JaxKind) & { title: string }} Contender
 */

/** @type {Readonly<Record<string, Contender>>} */
export const CONTENDERS = {
  "ganvas-2": { title: "Ganvas, 2 threads", library: "ganvas", threads: 2 },
  "ganvas-4": { title: "Ganvas, 4 threads", library: "ganvas", threads: 4 },
  "ganvas-1": { title: "Ganvas, 1 thread", library: "ganvas", threads: 1 },
  "tf-cpu": {
    title: "TensorFlow.js cpu",
    library: "tensorflow",
    backend: "cpu",
    threads: 1,
    patched: false,
  },
  "tf-wasm-1": {
    title: "TensorFlow.js wasm, 1 thread",
    library: "tensorflow",
    backend: "wasm",
    threads: 1,
    patched: false,
  },
  "tf-wasm-2": {
    title: "TensorFlow.js wasm, 2 threads",
    library: "tensorflow",
    backend: "wasm",
    threads: 2,
    patched: false,
  },
  "tf-patched-1": {
    title: "TensorFlow.js wasm patched, 1 thread",
    library: "tensorflow",
    backend: "wasm",
    threads: 1,
    patched: true,
  },
  "tf-patched-2": {
    title: "TensorFlow.js wasm patched, 2 threads",
    library: "tensorflow",
    backend: "wasm",
    threads: 2,
    patched: true,
  },
  "jax-page": { title: "jax-js wasm, page thread", library: "jax", workers: 0 },
  "jax-2": { title: "jax-js wasm, 2 workers", library: "jax", workers: 2 },
};
