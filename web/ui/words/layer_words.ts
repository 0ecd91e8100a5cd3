// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Names and shapes of layers, and explanations of configs that cannot be trained.

import { msg, str } from "@lit/localize";
import { LAYERS } from "../../engine/generated/description/layers";
import type { ConfigProblem, LayerType, NumberRange } from "../../engine/types";
import { formatBytes, formatCount } from "../platform/format";

export function printShape(shape: readonly number[]): string {
  return shape.join(" × ");
}

/**
 * The layer's name in torch.nn, which has none for layers that take classes.
 * @param shape of one sample of its output
 */
export function torchName(type: LayerType, shape: readonly number[]): string {
  const [name = ""] = LAYERS[type].pytorch.split("(");
  const others: Partial<Record<LayerType, string>> = {
    class_concat: "cat(class)",
    class_projection: "Projection",
  };
  return name.replace("{rank}", shape.length === 3 ? "2" : "1") || (others[type] ?? type);
}

export function describeRange(kind: "whole" | "real", range: NumberRange): string {
  const least = String(range.least);
  if ("below" in range) {
    const below = String(range.below);
    return msg(str`A number from ${least} to less than ${below}.`);
  }
  const most = String(range.most);
  return kind === "whole"
    ? msg(str`A whole number from ${least} to ${most}.`)
    : msg(str`A number from ${least} to ${most}.`);
}

function upperEnd(range: NumberRange | undefined): number {
  if (range === undefined) return 0;
  return "below" in range ? range.below : range.most;
}

export function explainProblem(problem: ConfigProblem): string {
  const got = printShape(problem.got ?? []);
  const wanted = printShape(problem.wanted ?? []);
  const limit = formatCount(problem.value ?? 0);
  const [field = ""] = /\w+$/.exec(problem.path) ?? [];
  switch (problem.kind) {
    case "range":
      return problem.range === undefined ? "" : `${field}: ${describeRange("real", problem.range)}`;
    case "needs_flat":
      return msg(
        str`Its input is an image (${got}), but it needs a flat one: put flatten before it.`,
      );
    case "needs_image":
      return msg(str`Its input is flat (${got}), but it needs an image: put reshape before it.`);
    case "needs_classes":
      return msg("This GAN has no classes; choose a conditional preset.");
    case "kernel_too_large":
      return msg(str`Its kernel does not fit into ${got}.`);
    case "padding_too_large":
      return msg(str`With this padding, nothing is left of ${got}.`);
    case "size_mismatch":
      return msg(str`This shape and its input, ${got}, have different numbers of values.`);
    case "output_too_large":
      return msg(str`Its output would have more than ${limit} numbers.`);
    case "too_many_parameters":
      return msg(str`The network would have more than ${limit} parameters.`);
    case "too_many_activations":
      return msg(str`A batch would need more than ${limit} activations.`);
    case "too_much_memory": {
      const [needed, most] = [
        formatBytes(problem.value ?? 0),
        formatBytes(upperEnd(problem.range)),
      ];
      return msg(
        str`This run needs ${needed} of memory, but can have at most ${most} here. A smaller batch or smaller layers need less.`,
      );
    }
    case "too_many_layers":
      return msg(str`A network has at most ${limit} layers.`);
    case "no_layers":
      return msg("The network needs a layer that computes something.");
    case "output_mismatch":
      return msg(str`The network’s output is ${got}, but must be ${wanted}.`);
    case "needs_sigmoid":
      return msg("For this objective the discriminator must end in sigmoid.");
    case "not_piecewise_linear": {
      const known = problem.known ?? "";
      return msg(str`It does not go with a gradient penalty; these layers do: ${known}.`);
    }
    case "needs_one_update":
      return msg(
        "Without detach, the discriminator updates first and each network updates once in a step.",
      );
    case "wrong_type":
      if (problem.path === "sample_shape") {
        return msg(
          "Augmentations need a network that learns pictures with rows and columns, such as that of dcgan; set them to 0 for this one.",
        );
      }
      return msg(str`${field} has no valid value.`);
    case "missing":
    case "unknown_key":
    case "unknown_name":
    case "unknown_preset":
      // No setting of the page has such a value, except a field that is empty or no number.
      return msg(str`${field} has no valid value.`);
  }
}
