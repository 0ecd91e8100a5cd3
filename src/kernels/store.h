// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Whether a kernel overwrites its output or adds to it.
#pragma once

namespace ganvas {

enum class Store { overwrite, add };

}  // namespace ganvas
