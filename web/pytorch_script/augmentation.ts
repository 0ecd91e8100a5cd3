// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Differentiable augmentation in PyTorch, as in the core (src/gan/augmentation.cpp).

import type { Config } from "../engine/types";
import { indent } from "./python";

export function isAugmented(config: Config): boolean {
  return writeAugmentation(config).length > 0;
}

/** Helper functions of the loop, one block of lines each; none without augmentation. */
export function writeAugmentation(config: Config): string[][] {
  const { augment_color, augment_translation, augment_cutout } = config;
  const steps = [
    ...(augment_color > 0 ? ["x = change_color(x)"] : []),
    ...(augment_translation > 0 ? ["x = translate(translate(x, 2), 3)"] : []),
    ...(augment_cutout > 0 ? ["x = cut_out(x)"] : []),
  ];
  if (steps.length === 0) return [];
  return [
    ...(augment_color > 0 ? [CHANGE_COLOR] : []),
    ...(augment_translation > 0 || augment_cutout > 0 ? [ALONG] : []),
    ...(augment_translation > 0 ? [TRANSLATE] : []),
    ...(augment_cutout > 0 ? [CUT_OUT] : []),
    [
      "def augment(x):",
      ...indent([
        '"""Differentiable augmentation of all inputs of the discriminator (Zhao et al. 2020)."""',
        ...steps,
        "return x",
      ]),
    ],
  ];
}

const CHANGE_COLOR = [
  "def change_color(x):",
  ...indent([
    '"""Random brightness, saturation and contrast."""',
    "brightness, saturation, contrast = torch.rand(3, len(x), 1, 1, 1, device=device)",
    "x = x + augment_color * (brightness - 0.5)",
    "grey = x.mean(dim=1, keepdim=True)",
    "x = grey + (x - grey) * (1 + augment_color * (2 * saturation - 1))",
    "mean = x.mean(dim=(1, 2, 3), keepdim=True)",
    "return mean + (x - mean) * (1 + augment_color * (contrast - 0.5))",
  ]),
];

const ALONG = [
  "def along(x, axis, first):",
  ...indent([
    '"""The numbers of the rows or columns of each image, counted from `first`."""',
    "places = torch.arange(x.shape[axis], device=device) - first",
    "return places.reshape(len(x), 1, -1, 1) if axis == 2 else places.reshape(len(x), 1, 1, -1)",
  ]),
];

const TRANSLATE = [
  "def translate(x, axis):",
  ...indent([
    '"""Moves each image by whole pixels; what comes in is 0."""',
    "side = x.shape[axis]",
    "most = int(augment_translation * side + 0.5)",
    "move = torch.randint(-most, most + 1, (len(x), 1), device=device)",
    "place = along(x, axis, move)",
    "moved = torch.take_along_dim(x, place.clamp(0, side - 1), dim=axis)",
    "return moved * ((place >= 0) & (place < side))",
  ]),
];

const CUT_OUT = [
  "def cut_out(x):",
  ...indent([
    '"""Sets a square of each image to 0, which may reach over its edge."""',
    "inside = True",
    "for axis in (2, 3):",
    "    side = x.shape[axis]",
    "    length = int(augment_cutout * side + 0.5)",
    "    centre = torch.randint(0, side + 1 - length % 2, (len(x), 1), device=device)",
    "    place = along(x, axis, centre - length // 2)",
    "    inside = inside & (place >= 0) & (place < length)",
    "return x * ~inside",
  ]),
];
