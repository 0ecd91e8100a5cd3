// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Made by build-wasm.sh from src/io/description.cpp; do not edit.

export const ERROR_CODES = [
  "invalid_argument",
  "invalid_config",
  "not_found",
  "bad_magic",
  "truncated",
  "malformed",
  "checksum_mismatch",
  "shape_mismatch",
  "missing_tensor",
  "no_data",
  "not_trainable",
  "non_finite",
  "io_failure",
  "out_of_memory",
  "too_large",
  "too_many_files",
  "too_many_classes",
  "several_sets",
  "none_usable",
  "out_of_range",
  "encrypted"
] as const;
