// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading model files; see models.h.
#include "cli/models.h"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "cli/files.h"
#include "cli/json_mistake.h"
#include "cli/text.h"
#include "exchange/foreign_weights.h"
#include "io/checkpoint.h"
#include "io/checksum.h"
#include "io/config_json.h"
#include "io/safetensors.h"

namespace ganvas::cli {
namespace {

constexpr std::size_t kMaxModelSize = std::size_t{1}
                                      << 30;  // those of the presets take a few megabytes
constexpr std::size_t kMaxConfigSize = std::size_t{1} << 20;

using Trained = std::unique_ptr<Trainer<float>>;

Result<LoadedModel> described(Trained trainer, std::span<const std::uint8_t> bytes) {
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile file, SafetensorsFile::parse(bytes));
  LoadedModel model{std::move(trainer), bytes.size(), "", checksum_of(file),
                    file.metadata(kChecksumKey) != nullptr};
  const std::vector<NamedTensor>& parameters = model.trainer->generator().parameters().list();
  if (!parameters.empty()) {
    model.dtype = dtype_name(file.tensors().at("generator." + parameters.front().name).dtype);
  }
  return model;
}

/// Networks that another program saved. What was assumed is told on standard error.
Result<LoadedModel> load_foreign(std::span<const std::uint8_t> bytes,
                                 const std::optional<GanConfig>& config, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(const ForeignWeights weights, read_foreign_weights(bytes, config));
  GANVAS_ASSIGN_OR_RETURN(Trained trainer, load_checkpoint(weights.file, pool));
  for (const std::string& note : weights.notes) {
    std::fprintf(stderr, "ganvas: note: %s\n", one_line(note).c_str());
  }
  GANVAS_ASSIGN_OR_RETURN(LoadedModel model, described(std::move(trainer), weights.file));
  model.file_size = bytes.size();
  model.has_checksum = false;
  return model;
}

/// Whether another program can have written what the core refuses so.
bool can_be_foreign(const Error& error) {
  return error.code == ErrorCode::bad_magic || error.code == ErrorCode::malformed;
}

}  // namespace

Result<GanConfig> read_config_file(const std::string& path) {
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, read_file(path, kMaxConfigSize));
  const std::string text(bytes.begin(), bytes.end());
  if (const std::optional<std::string> mistake = find_json_mistake(text))
    return Error{ErrorCode::invalid_config, "'" + path + "': " + *mistake};
  Result<GanConfig> config = config_from_json(text);
  if (config) return config;
  return Error{config.error().code, "'" + path + "': " + config.error().message};
}

Result<LoadedModel> load_model(const std::string& path,
                               const std::optional<std::string>& config_path, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, read_file(path, kMaxModelSize));
  std::optional<GanConfig> config;
  if (config_path) {
    GANVAS_ASSIGN_OR_RETURN(config, read_config_file(*config_path));
  }
  Result<Trained> trainer = load_checkpoint(bytes, pool);
  if (trainer && !config) return described(std::move(trainer).value(), bytes);
  if (trainer) {
    return Error{ErrorCode::invalid_argument,
                 "'" + path + "' has a config of its own; leave out --config"};
  }
  Error error = trainer.error();
  if (can_be_foreign(error)) {
    Result<LoadedModel> model = load_foreign(bytes, config, pool);
    if (model) return model;
    error = model.error();
    if (error.code == ErrorCode::invalid_config && !config) error.message += " (--config FILE)";
  }
  return Error{error.code, "'" + path + "' cannot be used: " + error.message};
}

Result<LoadedModel> load_run(const std::string& path, ThreadPool& pool,
                             ShardExchange<float>& exchange) {
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, read_file(path, kMaxModelSize));
  Result<Trained> trainer = load_checkpoint(bytes, pool, exchange);
  if (trainer) return described(std::move(trainer).value(), bytes);
  const std::string hint =
      can_be_foreign(trainer.error()) ? "; resuming requires a full checkpoint of Ganvas" : "";
  return Error{trainer.error().code,
               "'" + path + "' cannot be used: " + trainer.error().message + hint};
}

}  // namespace ganvas::cli
