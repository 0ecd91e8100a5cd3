// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether a GanConfig's numbers make sense, before anything is built from it.
#pragma once

#include "base/result.h"
#include "gan/config.h"

namespace ganvas {

/// invalid_config names the first number that is out of its range, and the range.
Status check_config(const GanConfig& config);

}  // namespace ganvas
