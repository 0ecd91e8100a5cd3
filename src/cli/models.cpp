// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reading model files; see models.h.
#include "cli/models.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "cli/files.h"
#include "io/checkpoint.h"
#include "io/checksum.h"
#include "io/safetensors.h"

namespace ganvas::cli {
namespace {

constexpr std::size_t kMaxModelSize = std::size_t{1}
                                      << 30;  // those of the presets take a few megabytes

}  // namespace

Result<LoadedModel> load_model(const std::string& path, ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(const std::vector<std::uint8_t> bytes, read_file(path, kMaxModelSize));
  Result<std::unique_ptr<Trainer<float>>> trainer = load_checkpoint(bytes, pool);
  if (!trainer) {
    return Error{trainer.error().code, "'" + path + "' cannot be used: " + trainer.error().message};
  }
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile file, SafetensorsFile::parse(bytes));
  LoadedModel model{std::move(trainer).value(), bytes.size(), "",
                    file.metadata(kChecksumKey) != nullptr};
  const std::vector<NamedTensor>& parameters = model.trainer->generator().parameters().list();
  if (!parameters.empty()) {
    model.dtype = dtype_name(file.tensors().at("generator." + parameters.front().name).dtype);
  }
  return model;
}

}  // namespace ganvas::cli
