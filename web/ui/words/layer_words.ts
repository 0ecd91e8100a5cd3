// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Why a network cannot be built, in words.

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
        str`It gets images (${printShape(why.input)}) and needs flat samples: put flatten before it.`,
      );
    case "needs_image":
      return msg(
        str`It gets flat samples (${printShape(why.input)}) and needs images: put reshape before it.`,
      );
    case "needs_classes":
      return msg("This GAN is not told classes; choose a conditional preset.");
    case "too_large":
      return msg("What comes out would be too large.");
    case "too_many_parameters":
      return msg("That is more than 16,777,216 parameters.");
    case "kernel":
      return msg(str`Its kernel does not fit into ${printShape(why.input)}.`);
    case "reshape":
      return msg(str`It cannot be made of ${printShape(why.input)} numbers: the products differ.`);
    case "padding":
      return msg(str`So much padding leaves nothing of ${printShape(why.input)}.`);
    case "output":
      return msg(
        str`It ends with ${printShape(why.output)}, and must end with ${printShape(why.wanted)}.`,
      );
    case "needs_sigmoid":
      return msg("For this objective the discriminator must end in sigmoid.");
    case "penalty":
      return msg(
        "A gradient penalty needs a discriminator without batch_norm, tanh, sigmoid and max_pool2d.",
      );
  }
}
