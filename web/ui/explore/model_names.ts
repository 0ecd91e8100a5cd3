// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Models in words: what each is called, what it is, and why a file is none.

import { msg, str } from "@lit/localize";
import type { SerializedError } from "../../engine/errors";
import type { Model } from "./models";

export function modelName(name: Model["name"], file = ""): string {
  switch (name) {
    case "conditional":
      return msg("Conditional");
    case "dcgan":
      return msg("DCGAN");
    case "seed":
      return msg("The tutorial’s GAN");
    case "run":
      return msg("Your run");
    case "file":
      return file;
    case "discriminator":
      return msg("The page’s own");
  }
}

export function describeModel({ config, conditional }: Model): string {
  const size = String(config.latent_size);
  return conditional
    ? msg(str`Told which digit to draw, and ${size} random numbers`)
    : msg(str`Told nothing but ${size} random numbers`);
}

/** Why a file is no model for this page. */
export function explainRefusal({ code }: SerializedError): string {
  switch (code) {
    case "bad_magic":
      return msg("It is no model of Ganvas: a safetensors file that Ganvas wrote is needed.");
    case "truncated":
    case "malformed":
    case "shape_mismatch":
    case "missing_tensor":
      return msg("It is damaged or incomplete.");
    case "invalid_config":
      return msg("It asks for networks that do not fit together.");
    case "non_finite":
      return msg("Some of its weights are no numbers: that run has diverged.");
    case "too_large":
      return msg("It is too large for a model.");
    case "no_image":
      return msg("It makes no pictures of digits.");
    default:
      return msg("It cannot be read.");
  }
}
