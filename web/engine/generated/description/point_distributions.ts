// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const POINT_DISTRIBUTIONS = [
  "line",
  "ring",
  "discs",
  "spiral",
  "swiss_roll"
] as const;
