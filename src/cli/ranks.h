// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Subcommands that several processes work on together.
#pragma once

#include <functional>

#include "base/result.h"
#include "distributed/job.h"

namespace ganvas::cli {

/// Joins the other ranks, if mpirun or srun has started this one, and does the work on all of them.
/// `work` returns either the same error on all ranks, which the leading one tells, or exit codes.
Result<int> run_on_ranks(const std::function<Result<int>(Job&)>& work);

}  // namespace ganvas::cli
