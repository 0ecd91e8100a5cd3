// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A model's networks as files of the format that their name's ending says.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "base/result.h"
#include "cli/models.h"
#include "exchange/onnx_export.h"

namespace ganvas::cli {

enum class NetworkFormat { safetensors, onnx };

/// The format of files whose names end in .safetensors or .onnx.
std::optional<NetworkFormat> format_of(const std::string& path);

/// The options that export and convert share.
struct NetworkFileOptions {
  std::string dtype = "f32";
  std::optional<int> significant_bits;  // of f16
  std::string network;                  // of an ONNX file; empty: the generator
  bool class_mix = false;
};
void add_network_options(CLI::App& command, NetworkFileOptions& options);

/// Writes both networks or only the generator as safetensors, or one network as ONNX, and says so
/// on standard error.
Status write_networks(const LoadedModel& model, const std::string& out, NetworkFormat format,
                      bool both, const NetworkFileOptions& options);

}  // namespace ganvas::cli
