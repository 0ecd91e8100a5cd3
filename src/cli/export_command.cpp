// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// `ganvas export`: writes the generator for sampling, or both networks for sampling and scoring.
#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/models.h"
#include "cli/text.h"
#include "io/checkpoint.h"

namespace ganvas::cli {
namespace {

struct ExportOptions {
  std::string model;
  std::string out;
  std::string dtype = "f32";
  bool discriminator = false;
};

Result<int> export_networks(const ExportOptions& options) {
  GANVAS_RETURN_IF_ERROR(check_writable(options.out));
  ThreadPool pool(1);
  GANVAS_ASSIGN_OR_RETURN(const LoadedModel model, load_model(options.model, pool));
  const Dtype dtype = options.dtype == "f16" ? Dtype::f16 : Dtype::f32;
  if (options.discriminator && model.trainer->holds() == Holds::generator) {
    return Error{ErrorCode::invalid_argument, "'" + options.model + "' has no discriminator"};
  }
  const std::vector<std::uint8_t> bytes = options.discriminator
                                              ? save_networks(*model.trainer, dtype)
                                              : save_generator(*model.trainer, dtype);
  const std::string contents = options.discriminator ? "both networks" : "the generator";
  // Weights above 65504 overflow to infinity in f16; reading the file back detects that.
  if (const auto readable = load_checkpoint(bytes, pool); !readable) {
    return Error{readable.error().code, contents + " cannot be written as " + options.dtype + ": " +
                                            readable.error().message};
  }
  GANVAS_RETURN_IF_ERROR(write_file(options.out, bytes));
  std::fprintf(stderr, "%s after %s steps written to %s (%s, %s)\n", contents.c_str(),
               grouped(model.trainer->steps()).c_str(), one_line(options.out).c_str(),
               options.dtype.c_str(), file_size(bytes.size()).c_str());
  return kSuccess;
}

}  // namespace

void add_export_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand("export", "Write only a model's networks");
  add_model_option(*command, options->model);
  command
      ->add_option("--out", options->out,
                   "Output file (safetensors), for sample and the page; PyTorch's load_state_dict "
                   "accepts it once the prefix 'generator.' is removed from the tensor names")
      ->required()
      ->type_name("FILE");
  command->add_option("--dtype", options->dtype, "f32, or f16 for half the file size")
      ->check(CLI::IsMember({"f32", "f16"}))
      ->type_name("TYPE")
      ->capture_default_str();
  command->add_flag("--discriminator", options->discriminator,
                    "Include the discriminator, so that the page can score images; training cannot "
                    "resume from the file");
  command->footer(
      "Example:\n"
      "  ganvas export --model model.safetensors --out generator.safetensors --dtype f16");
  command->callback(
      [options, &action] { action = [options] { return export_networks(*options); }; });
}

}  // namespace ganvas::cli
