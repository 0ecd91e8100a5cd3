// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What a kernel does with the values that its output already holds.
#pragma once

namespace ganvas {

enum class Store { overwrite, add };

}  // namespace ganvas
