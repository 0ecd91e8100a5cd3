// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The classes of a config by name, and whether they are handwritten digits.

import { isPicture, sizeOf } from "../engine/sample_shape";
import { type Config, IMAGE_PIXELS } from "../engine/types";

const DIGITS = 10;

/** Classes without a name of their own are called by their numbers. */
export function classNames({
  classes,
  class_names,
}: Pick<Config, "classes" | "class_names">): readonly string[] {
  return Array.from({ length: classes }, (_, index) => class_names?.[index] ?? String(index));
}

export const DIGIT_NAMES = classNames({ classes: DIGITS });

/** Whether the samples are digits: of their shape, and not of other pictures or classes. */
export function isOfDigits(
  config: Pick<Config, "sample_shape" | "classes" | "class_names" | "pictures">,
): boolean {
  const { sample_shape, classes, class_names, pictures = "" } = config;
  const ofShape = isPicture(sample_shape) && sizeOf(sample_shape) === IMAGE_PIXELS;
  const named = class_names !== undefined && class_names.length > 0;
  return ofShape && pictures === "" && !named && (classes === 0 || classes === DIGITS);
}
