// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// How ranks end; see ranks.h.
#include "cli/ranks.h"

#include <cstdio>
#include <exception>
#include <memory>

#include "cli/commands.h"
#include "cli/text.h"

namespace ganvas::cli {

Result<int> run_on_ranks(const std::function<Result<int>(Job&)>& work) {
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<Job> job, Job::join());
  try {
    const Result<int> exit_code = work(*job);
    if (exit_code || job->ranks() == 1) return exit_code;
    // mpirun kills the others once one has left with an error.
    if (job->leads()) {
      std::fprintf(stderr, "ganvas: %s\n", one_line(exit_code.error().message).c_str());
    }
    job->any(true);
    return kRefused;
  } catch (const std::exception& error) {
    if (job->ranks() == 1) throw;
    std::fprintf(stderr, "ganvas: rank %d: %s\n", job->rank(), one_line(error.what()).c_str());
    job->abort(kRefused);
    return kRefused;
  }
}

}  // namespace ganvas::cli
