// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const PROBLEM_KINDS = [
  "wrong_type",
  "missing",
  "unknown_key",
  "unknown_name",
  "unknown_preset",
  "range",
  "needs_classes",
  "needs_one_update",
  "too_much_memory",
  "needs_flat",
  "needs_image",
  "kernel_too_large",
  "padding_too_large",
  "size_mismatch",
  "output_too_large",
  "too_many_parameters",
  "too_many_activations",
  "too_many_layers",
  "no_layers",
  "output_mismatch",
  "needs_sigmoid",
  "not_piecewise_linear"
] as const;
