// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The ranks of MPI_COMM_WORLD; see mpi_job.h.
#include "distributed/mpi_job.h"

#include <mpi.h>

#include <cstddef>

#include "distributed/mpi_exchange.h"

namespace ganvas {
namespace {

int world(int (*query)(MPI_Comm, int*)) {
  int number = 0;
  query(MPI_COMM_WORLD, &number);
  return number;
}

class MpiJob final : public Job {
 public:
  MpiJob() : exchange_(world(MPI_Comm_rank), world(MPI_Comm_size)) {}
  ~MpiJob() override { MPI_Finalize(); }

  ShardExchange<float>& exchange() override { return exchange_; }

  bool any(bool own) override {
    int yes = own ? 1 : 0;
    MPI_Allreduce(MPI_IN_PLACE, &yes, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return yes != 0;
  }

  std::vector<std::string> gather(const std::string& own) override;

  void abort(int exit_code) override { MPI_Abort(MPI_COMM_WORLD, exit_code); }

 private:
  MpiExchange exchange_;
};

std::vector<std::string> MpiJob::gather(const std::string& own) {
  const auto count = static_cast<std::size_t>(ranks());
  const int size = static_cast<int>(own.size());
  std::vector<int> sizes(count);
  MPI_Allgather(&size, 1, MPI_INT, sizes.data(), 1, MPI_INT, MPI_COMM_WORLD);
  std::vector<int> begins(count);
  for (std::size_t i = 1; i < count; ++i) begins[i] = begins[i - 1] + sizes[i - 1];
  std::string text(static_cast<std::size_t>(begins.back() + sizes.back()), '\0');
  MPI_Allgatherv(own.data(), size, MPI_CHAR, text.data(), sizes.data(), begins.data(), MPI_CHAR,
                 MPI_COMM_WORLD);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(
        text.substr(static_cast<std::size_t>(begins[i]), static_cast<std::size_t>(sizes[i])));
  }
  return all;
}

}  // namespace

std::unique_ptr<Job> join_mpi_job() {
  MPI_Init(nullptr, nullptr);
  return std::make_unique<MpiJob>();
}

}  // namespace ganvas
