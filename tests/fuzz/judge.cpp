// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The judge's file. Its tensors have fixed shapes, so a file that is shorter is filled up with
// zeros: an input needs a header and as much of the data as is to differ.
#include "judge/judge_file.h"

#include "fuzz.h"

using namespace ganvas;
using namespace ganvas::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static ThreadPool pool(1);
  static const std::size_t whole = [] {
    Judge judge{std::make_unique<DigitClassifier>(/*seed=*/1, pool), {}};
    constexpr int kSize = DigitClassifier::kFeatures;
    judge.reference = {Eigen::VectorXd::Zero(kSize), Eigen::MatrixXd::Zero(kSize, kSize)};
    return save_judge(judge).size();
  }();
  Bytes file(data, data + size);
  if (size < whole) file.resize(whole);
  const auto judge = load_judge(file, pool);
  if (!judge) return 0;
  require(judge.value().reference.mean.allFinite(), "the mean is finite");
  require(judge.value().reference.covariance.allFinite(), "the covariance is finite");
  const Bytes saved = save_judge(judge.value());
  require(load_judge(saved, pool).ok(), "what is loaded can be saved");
  round_to_half(*judge.value().classifier);
  require(save_judge(judge.value()) == saved, "a file rounds as a trained judge does");
  return 0;
}
