// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ganvas export: writes a model's networks without optimiser state.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/models.h"
#include "cli/network_files.h"

namespace ganvas::cli {
namespace {

struct ExportOptions {
  std::string model;
  std::optional<std::string> config;
  std::string out;
  bool discriminator = false;
  NetworkFileOptions network;
};

/// Safetensors also for a name without an ending.
Result<NetworkFormat> export_format(const std::string& out) {
  if (const auto format = format_of(out)) return *format;
  if (!std::filesystem::path(out).has_extension()) return NetworkFormat::safetensors;
  return Error{ErrorCode::invalid_argument,
               "'" + out + "' must end in .safetensors or .onnx, or have no ending"};
}

Result<int> export_networks(const ExportOptions& options) {
  GANVAS_ASSIGN_OR_RETURN(const NetworkFormat format, export_format(options.out));
  if (options.discriminator && format == NetworkFormat::onnx) {
    return Error{ErrorCode::invalid_argument,
                 "an ONNX file holds one network: --network discriminator, not --discriminator"};
  }
  GANVAS_RETURN_IF_ERROR(check_replaces_nothing(options.model, options.out));
  GANVAS_RETURN_IF_ERROR(check_writable(options.out));
  ThreadPool pool(1);
  GANVAS_ASSIGN_OR_RETURN(const LoadedModel model, load_model(options.model, options.config, pool));
  if (options.discriminator && model.trainer->holds() == Holds::generator) {
    return Error{ErrorCode::invalid_argument, "'" + options.model + "' has no discriminator"};
  }
  GANVAS_RETURN_IF_ERROR(
      write_networks(model, options.out, format, options.discriminator, options.network));
  return kSuccess;
}

}  // namespace

void add_export_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App* command = app.add_subcommand("export", "Write only a model's networks");
  add_model_option(*command, options->model);
  add_config_option(*command, options->config);
  command
      ->add_option("--out", options->out,
                   "Output file: .safetensors, for sample and the page (PyTorch's load_state_dict "
                   "accepts it once the prefix 'generator.' is removed from the tensor names), or "
                   ".onnx, for ONNX Runtime")
      ->required()
      ->type_name("FILE");
  command->add_flag("--discriminator", options->discriminator,
                    "Include the discriminator, so that the page can score images; training cannot "
                    "resume from the file");
  add_network_options(*command, options->network);
  command->footer(
      "Examples:\n"
      "  ganvas export --model model.safetensors --out generator.safetensors --dtype f16\n"
      "  ganvas export --model model.safetensors --out discriminator.onnx --network discriminator");
  command->callback(
      [options, &action] { action = [options] { return export_networks(*options); }; });
}

}  // namespace ganvas::cli
