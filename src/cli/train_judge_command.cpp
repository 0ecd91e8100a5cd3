// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas train-judge`: trains the digit classifier that `ganvas eval` uses.
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/mnist_files.h"
#include "cli/text.h"
#include "judge/classifier_training.h"
#include "judge/judge_file.h"
#include "judge/quality.h"

namespace ganvas::cli {
namespace {

struct TrainJudgeOptions {
  std::string out;
  int epochs = 20;
  std::uint64_t seed = 1;
  int threads = default_threads();
  std::string data = "assets/mnist";
};

Result<int> train_judge(const TrainJudgeOptions& options) {
  GANVAS_RETURN_IF_ERROR(check_writable(options.out));
  GANVAS_ASSIGN_OR_RETURN(const Digits digits, load_digits(options.data, Split::train));
  GANVAS_ASSIGN_OR_RETURN(const Digits test_digits, load_digits(options.data, Split::test));
  const Dataset& unseen = *test_digits.samples;
  ThreadPool pool(options.threads);
  Judge judge{std::make_unique<DigitClassifier>(options.seed, pool), {}};
  ClassifierTraining training(*judge.classifier, digits.samples, options.seed, options.epochs,
                              pool);
  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    const double loss = training.run_epoch();
    std::fprintf(stderr, "epoch %d of %d: loss %.4f, accuracy on test digits %.2f %%\n", epoch,
                 options.epochs, loss, 100 * accuracy_on(*judge.classifier, unseen));
  }
  round_to_half(*judge.classifier);
  judge.reference = statistics_of(classify(*judge.classifier, unseen, unseen.size()));
  const std::vector<std::uint8_t> bytes = save_judge(judge);
  GANVAS_RETURN_IF_ERROR(write_file(options.out, bytes));
  std::fprintf(stderr, "judge written to %s (%s): accuracy %.2f %% on %s test digits\n",
               one_line(options.out).c_str(), file_size(bytes.size()).c_str(),
               100 * accuracy_on(*judge.classifier, unseen), grouped(unseen.size()).c_str());
  return kSuccess;
}

}  // namespace

void add_train_judge_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<TrainJudgeOptions>();
  CLI::App* command =
      app.add_subcommand("train-judge", "Train the digit classifier that eval uses");
  command->add_option("--out", options->out, "Output file")->required()->type_name("FILE");
  command->add_option("--epochs", options->epochs, "Passes over the training digits")
      ->transform(whole_number(1, 1000))
      ->type_name("E")
      ->capture_default_str();
  add_seed_option(*command, options->seed, "Seed of weights and data order");
  command->add_option("--data", options->data, "The folder with the four MNIST files")
      ->type_name("DIR")
      ->capture_default_str();
  add_threads_option(*command, options->threads, "result");
  command->footer("Example:\n  ganvas train-judge --out assets/models/judge.safetensors");
  command->callback([options, &action] { action = [options] { return train_judge(*options); }; });
}

}  // namespace ganvas::cli
