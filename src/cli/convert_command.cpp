// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// ganvas convert: a model's networks in another format or precision.
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

struct ConvertOptions {
  std::string in;
  std::string out;
  std::optional<std::string> config;
  NetworkFileOptions network;
};

Result<int> convert(const ConvertOptions& options) {
  if (format_of(options.in) == NetworkFormat::onnx) {
    return Error{ErrorCode::invalid_argument,
                 "'" + options.in + "': ONNX files can be written, but not read"};
  }
  const auto out = format_of(options.out);
  if (!out) {
    return Error{ErrorCode::invalid_argument,
                 "'" + options.out + "' must end in .safetensors or .onnx"};
  }
  GANVAS_RETURN_IF_ERROR(check_replaces_nothing(options.in, options.out));
  GANVAS_RETURN_IF_ERROR(check_writable(options.out));
  ThreadPool pool(1);
  GANVAS_ASSIGN_OR_RETURN(const LoadedModel model, load_model(options.in, options.config, pool));
  const bool both = model.trainer->holds() != Holds::generator;
  GANVAS_RETURN_IF_ERROR(write_networks(model, options.out, *out, both, options.network));
  return kSuccess;
}

}  // namespace

void add_convert_command(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ConvertOptions>();
  CLI::App* command = app.add_subcommand("convert", "Write a model's networks in another format");
  command->add_option("in", options->in, "A model or checkpoint (.safetensors)")
      ->required()
      ->type_name("IN");
  command
      ->add_option("out", options->out,
                   "Output file: .safetensors with all networks of IN, from which training cannot "
                   "resume, or .onnx with one network")
      ->required()
      ->type_name("OUT");
  add_config_option(*command, options->config);
  add_network_options(*command, options->network);
  command->footer(
      "Examples:\n"
      "  ganvas convert generator.safetensors generator.onnx\n"
      "  ganvas convert model.safetensors networks.safetensors --dtype f16");
  command->callback([options, &action] { action = [options] { return convert(*options); }; });
}

}  // namespace ganvas::cli
