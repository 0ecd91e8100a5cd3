// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Names and descriptions of models, what is being loaded, and reasons why a file cannot be opened.

import { msg, str } from "@lit/localize";
import type { SerializedError } from "../../engine/errors";
import type { Model } from "../state/models";
import { explain } from "../words/error_words";
import type { Loaded } from "./explorer";

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
      return msg("Built in");
  }
}

export function describeModel({ config, conditional, ofDigits }: Model): string {
  const size = String(config.latent_size);
  if (!conditional) return msg(str`Input: ${size} random numbers`);
  return ofDigits
    ? msg(str`Inputs: the digit to draw and ${size} random numbers`)
    : msg(str`Inputs: the class to draw and ${size} random numbers`);
}

/** What is going on, and that it failed. A file that fails is refused, and an answer is not waited for. */
export function loadingWords(loads: Loaded): { readonly doing: string; readonly failed?: string } {
  switch (loads) {
    case "conditional":
    case "dcgan":
    case "seed":
      return {
        doing: msg("Loading the pretrained network"),
        failed: msg("The pretrained network could not be loaded."),
      };
    case "run":
      return { doing: msg("Opening your run"), failed: msg("Your run could not be opened.") };
    case "file":
      return { doing: msg("Opening the file") };
    case "answer":
      return { doing: "", failed: msg("The network could not answer.") };
  }
}

/** Why a file cannot be used as a model. */
export function explainRefusal(error: SerializedError): string {
  switch (error.code) {
    case "bad_magic":
      return msg(
        "It is not a Ganvas model. If PyTorch saved it as safetensors, the command “ganvas convert IN OUT” makes a model of it.",
      );
    case "pickle":
      return msg(
        "It is a file of torch.save, which can run any code when it is opened, so Ganvas does not open it. This Python makes a safetensors file of it, and “ganvas convert IN OUT” makes that a model.",
      );
    case "onnx":
      return msg(
        "It is an ONNX file. This Python takes its weights out, and “ganvas convert IN OUT” makes them a model.",
      );
    case "truncated":
    case "malformed":
    case "shape_mismatch":
    case "missing_tensor":
      return msg("It is damaged or incomplete.");
    case "checksum_mismatch":
      return msg(
        "It is damaged, or another program changed it. Take another copy of it; to use it as it is, remove “ganvas.checksum” from its metadata.",
      );
    case "invalid_config":
      return msg("Its layers do not fit together.");
    case "non_finite":
      return msg("Some of its weights are not finite numbers: that run had diverged.");
    case "too_large":
      return msg("It is too large for a model.");
    case "no_image":
      return explain(error);
    default:
      return msg("It cannot be read.");
  }
}
