// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The processes that work on one run together: the ranks of an MPI job, or this process alone. All
// ranks make the same calls in the same order.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "gan/shard_exchange.h"

namespace ganvas {

class Job {
 public:
  /// Joins the other processes, if mpirun or srun has started this one. Error: invalid_argument if
  /// the build has no MPI.
  static Result<std::unique_ptr<Job>> join();
  /// Leaves the job. Waits for the other ranks.
  virtual ~Job() = default;

  int rank() { return exchange().rank(); }
  int ranks() { return exchange().ranks(); }
  /// Whether this is the rank that writes files and tells what happens.
  bool leads() { return rank() == 0; }
  virtual ShardExchange<float>& exchange() = 0;

  /// Whether any rank says so.
  virtual bool any(bool own) = 0;
  /// What all ranks say, in their order.
  virtual std::vector<std::string> gather(const std::string& own) = 0;
  /// Ends all ranks at once; for a rank that cannot reach the others' next call.
  virtual void abort(int exit_code) = 0;

  /// The error of the first rank that has one, with its rank, on all ranks.
  Status agree(const Status& own);
  /// Fails on all ranks if they do not have the same: the run's `what`.
  Status check_same(const std::string& what, const std::string& own);
};

}  // namespace ganvas
