// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Explanations of layers that do not fit.

import { msg, str } from "@lit/localize";
import type { Misfit, Shape } from "../../config/network_shapes";

export function printShape(shape: Shape): string {
  return shape.join(" × ");
}

export function explainMisfit(why: Misfit): string {
  switch (why.kind) {
    case "range":
      return msg(str`${why.field} must be from ${String(why.least)} to ${String(why.most)}.`);
    case "needs_flat":
      return msg(
        str`Its input is an image (${printShape(why.input)}), but it needs a flat one: put flatten before it.`,
      );
    case "needs_image":
      return msg(
        str`Its input is flat (${printShape(why.input)}), but it needs an image: put reshape before it.`,
      );
    case "needs_classes":
      return msg("This GAN has no classes; choose a conditional preset.");
    case "too_large":
      return msg("Its output would be too large.");
    case "too_many_parameters":
      return msg("That is more than 16,777,216 parameters.");
    case "kernel":
      return msg(str`Its kernel does not fit into ${printShape(why.input)}.`);
    case "reshape":
      return msg(
        str`This shape and its input, ${printShape(why.input)}, have different numbers of values.`,
      );
    case "padding":
      return msg(str`With this padding, nothing is left of ${printShape(why.input)}.`);
    case "output":
      return msg(
        str`The network’s output is ${printShape(why.output)}, but must be ${printShape(why.wanted)}.`,
      );
    case "needs_sigmoid":
      return msg("For this objective the discriminator must end in sigmoid.");
    case "penalty":
      return msg(
        "A gradient penalty needs a discriminator without batch_norm, tanh, sigmoid and max_pool2d.",
      );
  }
}
