// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The job of all processes that an MPI launcher has started. Only in builds with GANVAS_MPI.
#pragma once

#include <memory>

#include "distributed/job.h"

namespace ganvas {

std::unique_ptr<Job> join_mpi_job();

}  // namespace ganvas
