// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas sample`: draws samples from a model.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/models.h"
#include "cli/sample_files.h"
#include "cli/text.h"

namespace ganvas::cli {
namespace {

constexpr std::int64_t kMostSamples = 100'000;

struct SampleOptions {
  std::string model;
  std::optional<std::string> config;
  std::string out;
  int count = 64;
  std::uint64_t seed = 1;
  int threads = default_threads();
};

Result<int> sample(const SampleOptions& options) {
  GANVAS_ASSIGN_OR_RETURN(const SampleFormat format, sample_format_of(options.out));
  GANVAS_RETURN_IF_ERROR(check_replaces_nothing(options.model, options.out));
  GANVAS_RETURN_IF_ERROR(check_writable(options.out));
  ThreadPool pool(options.threads);
  GANVAS_ASSIGN_OR_RETURN(const LoadedModel model, load_model(options.model, options.config, pool));
  GANVAS_ASSIGN_OR_RETURN(const Samples samples,
                          draw_samples(*model.trainer, options.count, options.seed));
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, encode_samples(samples, format));
  GANVAS_RETURN_IF_ERROR(write_file(options.out, bytes));
  std::fprintf(stderr, "%s sample%s of seed %llu written to %s (%s)\n",
               grouped(options.count).c_str(), options.count == 1 ? "" : "s",
               static_cast<unsigned long long>(options.seed), one_line(options.out).c_str(),
               file_size(bytes.size()).c_str());
  return kSuccess;
}

}  // namespace

void add_sample_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<SampleOptions>();
  CLI::App* command = app.add_subcommand("sample", "Draw samples from a model");
  add_model_option(*command, options->model);
  add_config_option(*command, options->config);
  command
      ->add_option("--out", options->out,
                   "Output file; its extension sets the format: .png for a grid of images, "
                   ".idx3-ubyte or .idx3-ubyte.gz for MNIST's format, .safetensors for the tensors "
                   "latents (count, latent size) and images (count, pixels) in [-1, 1]")
      ->required()
      ->type_name("FILE");
  command->add_option("--count", options->count, "Number of samples")
      ->transform(whole_number(1, kMostSamples))
      ->type_name("N")
      ->capture_default_str();
  add_seed_option(*command, options->seed,
                  "Seed of the latents: the same for every model; a larger count extends a "
                  "smaller one");
  add_threads_option(*command, options->threads, "samples");
  command->footer(
      "Examples:\n"
      "  ganvas sample --model model.safetensors --out grid.png\n"
      "  ganvas sample --model model.safetensors --count 10000 --seed 7 --out fake.idx3-ubyte.gz\n"
      "  ganvas sample --model model.safetensors --count 16 --out samples.safetensors");
  command->callback([options, &action] { action = [options] { return sample(*options); }; });
}

}  // namespace ganvas::cli
