// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The configs for tests of PyTorch scripts: presets, and variations that use what no preset has.

import { withChanges } from "../config/hyper_parameters";
import { loadGanvas } from "../engine/loader";
import type { Session } from "../engine/session";
import type { Config, Preset, SessionConfig } from "../engine/types";
import { withShapes } from "../pytorch_script/networks";
import { writeScript } from "../pytorch_script/script";
import { MODULES_URL } from "./real_assets";

export type Variation = readonly [Preset, Readonly<Record<string, string>>];

export const ganvas = await loadGanvas({ baseUrl: MODULES_URL, threads: 1, tier: "simd" });

/** Settings that no preset has, by their names in links. */
export const VARIATIONS: Readonly<Record<string, Variation>> = {
  minimax: ["seed", { objective: "minimax" }],
  attached: ["seed", { detach: "false" }],
  wgan_clipped: [
    "wgan-gp",
    { gradient_penalty: "0", weight_clip: "0.01", "d.optimizer": "rmsprop", "d.lr": "0.00005" },
  ],
  r1_with_classes: [
    "quick",
    { r1: "0.5", "d.layers": "flatten,linear:32,leaky_relu,class_projection,sigmoid" },
  ],
  penalty_and_classifier: [
    "acgan",
    {
      objective: "hinge",
      gradient_penalty: "1",
      r1: "0.1",
      "d.layers": "flatten,linear:32,relu,linear:11",
    },
  ],
  lazy_r1: ["hinge", { r1_interval: "3", "d.updates": "2" }],
  noise: ["seed", { label_smoothing: "0.1", instance_noise: "0.2" }],
  augmented: [
    "hinge",
    {
      augment_color: "1",
      augment_translation: "0.125",
      augment_cutout: "0.5",
      instance_noise: "0.1",
    },
  ],
  moved: ["quick", { augment_translation: "0.2" }],
  many_updates: ["seed", { "d.updates": "3", "g.updates": "2" }],
  many_updates_g_first: [
    "quick",
    { first_update: "generator", "d.updates": "2", "g.updates": "3" },
  ],
  falling_rates: [
    "seed",
    {
      "g.optimizer": "sgd",
      "g.momentum": "0.9",
      "g.lr_decay_steps": "2",
      "d.lr_decay_steps": "5",
      "d.weight_decay": "0.001",
    },
  ],
  dropout_and_pooling: [
    "dcgan",
    {
      "d.layers":
        "conv2d:8:3:1:1,max_pool2d,dropout2d:0.2,flatten,dropout,batch_norm:0.001:0.2,linear:1,sigmoid",
    },
  ],
  other_shapes: [
    "dcgan",
    {
      "g.layers": "linear:784,tanh",
      "d.layers": "conv2d:4:4:2:1,reshape:1:28:28,conv2d:1:28,sigmoid",
    },
  ],
  classes_between_layers: [
    "cgan",
    {
      "g.layers": "linear:20,class_concat:3,relu,class_concat,linear:784,tanh",
      "d.layers": "linear:20,relu,class_concat,class_projection,leaky_relu,linear:1",
    },
  ],
  single_last_sample: ["mlp", { batch_size: "27" }],
  shards: ["mlp", { shards: "4" }],
};

/** Scripts read MNIST's digits, so a preset for other pictures is made for these. */
export function forDigits(preset: Preset): SessionConfig {
  return preset === "pictures" ? { preset, sample_shape: [1, 28, 28], classes: 10 } : { preset };
}

/** A run on a set in colour, of two classes. */
export const OWN_PICTURES: SessionConfig = {
  preset: "quick",
  ...{ pictures: "0123456789abcdef", sample_shape: [3, 32, 32], classes: 2, examples: 50 },
  batch_size: 8,
};

export function sessionOf([preset, changes]: Variation): Session {
  return ganvas.createSession(withChanges({ preset, seed: 5, examples: 1000 }, changes));
}

export function write(config: Config, drawn?: string, saved?: Config): string {
  return writeScript(withShapes(config, ganvas.checkConfig(config)), drawn, saved);
}

export function configOf(wanted: SessionConfig): Config {
  return configAndDispose(ganvas.createSession(wanted));
}

export function configOfVariation(variation: Variation): Config {
  return configAndDispose(sessionOf(variation));
}

function configAndDispose(session: Session): Config {
  const config = session.config();
  session.dispose();
  return config;
}
