// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What ranks agree on, and the job of one process; see job.h.
#include "distributed/job.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string_view>

#include "distributed/mpi_job.h"
#include "distributed/signal_actions.h"

namespace ganvas {
namespace {

/// One of these is set by the launchers of Open MPI, MPICH and Slurm.
constexpr const char* kLauncherVariables[] = {"PMIX_RANK", "PMI_RANK", "OMPI_COMM_WORLD_RANK"};

class LoneJob final : public Job {
 public:
  ShardExchange<float>& exchange() override { return LocalExchange<float>::instance(); }
  bool any(bool own) override { return own; }
  std::vector<std::string> gather(const std::string& own) override { return {own}; }
  void abort(int exit_code) override { std::exit(exit_code); }
};

}  // namespace

Result<std::unique_ptr<Job>> Job::join() {
  const bool launched = std::ranges::any_of(
      kLauncherVariables, [](const char* name) { return std::getenv(name) != nullptr; });
#if defined(GANVAS_MPI)
  std::unique_ptr<Job> job = launched ? join_mpi_job() : std::make_unique<LoneJob>();
  restore_signal_actions();
  return job;
#else
  if (!launched) return std::unique_ptr<Job>(std::make_unique<LoneJob>());
  return Error{ErrorCode::invalid_argument,
               "started by mpirun or srun, but built without MPI: build the preset release-mpi, or "
               "configure with -DGANVAS_MPI=ON"};
#endif
}

Status Job::agree(const Status& own) {
  if (ranks() == 1) return own;
  // The code of the error, then its message; nothing if there is none.
  std::string text;
  if (!own) text = static_cast<char>(own.error().code) + own.error().message;
  const std::vector<std::string> all = gather(text);
  const auto failed = std::ranges::find_if(all, [](const std::string& t) { return !t.empty(); });
  if (failed == all.end()) return {};
  const auto code = static_cast<ErrorCode>(failed->front());
  // Numbers that overflow do so on all ranks in the same step; the message names the shard.
  if (code == ErrorCode::non_finite) return Error{code, failed->substr(1)};
  return Error{code, "rank " + std::to_string(failed - all.begin()) + ": " + failed->substr(1)};
}

Status Job::check_same(const std::string& what, const std::string& own) {
  constexpr std::size_t kShown = 40;
  const std::vector<std::string> all = gather(own);
  const auto other = std::ranges::find_if(all, [&](const std::string& t) { return t != all[0]; });
  if (other == all.end()) return {};
  const std::string rank = "rank " + std::to_string(other - all.begin());
  std::string message = "the ranks have different runs: " + rank + " has another " + what;
  if (std::max(other->size(), all[0].size()) <= kShown) {
    message += ", '" + *other + "', than rank 0, '" + all[0] + "'";
  } else {
    message += " than rank 0";
  }
  return Error{ErrorCode::invalid_argument, std::move(message)};
}

}  // namespace ganvas
