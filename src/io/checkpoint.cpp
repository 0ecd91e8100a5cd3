// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The tensors of a checkpoint, and how they are restored; see checkpoint.h.
#include "io/checkpoint.h"

#include <charconv>
#include <initializer_list>
#include <string>
#include <utility>

#include "io/checksum.h"
#include "io/config_json.h"

namespace ganvas {
namespace {

constexpr const char* kFormatKey = "format";
constexpr const char* kFormatValue = "pt";  // expected by transformers and other readers

/// A flat array of a trainer in the layout of a network's tensors, and the tensors' names in the
/// file.
struct TensorGroup {
  const char* prefix;
  const char* suffix;  // the last part of the name, or empty
  const std::vector<NamedTensor>* tensors;
  float* flat;

  std::string name_of(const NamedTensor& tensor) const {
    std::string name = prefix + tensor.name;
    if (*suffix) name += '.';
    return name += suffix;
  }
};

using TensorGroups = std::vector<TensorGroup>;

/// The tensors needed for sampling. With `average`, the moving average replaces the generator's
/// parameters.
TensorGroups generator_groups(Trainer<float>& trainer, bool average) {
  Sequential<float>& g = trainer.generator();
  float* values = average && trainer.generator_average() ? trainer.generator_average()
                                                         : g.parameters().values();
  return {{"generator.", "", &g.parameters().list(), values},
          {"generator.", "", &g.buffers().list(), g.buffers().values()}};
}

/// The additional tensors needed for scoring.
TensorGroups discriminator_groups(Trainer<float>& trainer) {
  Sequential<float>& d = trainer.discriminator();
  return {{"discriminator.", "", &d.parameters().list(), d.parameters().values()},
          {"discriminator.", "", &d.buffers().list(), d.buffers().values()}};
}

/// The additional tensors needed for training. The same list is saved and restored.
TensorGroups training_groups(Trainer<float>& trainer) {
  const auto& g = trainer.generator().parameters().list();
  const auto& d = trainer.discriminator().parameters().list();
  TensorGroups groups;
  for (const auto& state : trainer.optimizer_g().state()) {
    groups.push_back({"optimizer_g.", state.name, &g, state.values});
  }
  for (const auto& state : trainer.optimizer_d().state()) {
    groups.push_back({"optimizer_d.", state.name, &d, state.values});
  }
  if (float* average = trainer.generator_average())
    groups.push_back({"generator_average.", "", &g, average});
  return groups;
}

std::vector<std::uint8_t> file_of(Trainer<float>& trainer,
                                  std::initializer_list<TensorGroups> lists, Dtype dtype) {
  SafetensorsWriter writer;
  writer.set_metadata(kFormatKey, kFormatValue);
  writer.set_metadata(kChecksumKey, kNoChecksum);
  writer.set_metadata(kConfigKey, config_to_json(trainer.config()));
  writer.set_metadata(kStepKey, std::to_string(trainer.steps()));
  const auto for_each_tensor = [&lists](const auto& visit) {
    for (const TensorGroups& groups : lists) {
      for (const TensorGroup& group : groups) {
        for (const NamedTensor& tensor : *group.tensors) visit(group, tensor);
      }
    }
  };
  std::size_t numbers = 0;
  for_each_tensor(
      [&](const TensorGroup&, const NamedTensor& tensor) { numbers += tensor.shape.size(); });
  writer.reserve(numbers);
  for_each_tensor([&](const TensorGroup& group, const NamedTensor& tensor) {
    writer.add(group.name_of(tensor), tensor.shape, NamedTensors<float>::slice(group.flat, tensor),
               dtype);
  });
  std::vector<std::uint8_t> bytes = writer.finish();
  set_checksum(bytes);
  return bytes;
}

Status read_groups(const TensorGroups& groups, const SafetensorsFile& file) {
  for (const TensorGroup& group : groups) {
    for (const NamedTensor& tensor : *group.tensors) {
      GANVAS_RETURN_IF_ERROR(file.check(group.name_of(tensor), tensor.shape));
      file.read(group.name_of(tensor), NamedTensors<float>::slice(group.flat, tensor));
    }
  }
  return {};
}

/// Which save function wrote the file. Stateless optimisers add no tensors to it.
Holds contents_of(const SafetensorsFile& file, bool stateless) {
  Holds holds = Holds::generator;
  for (const auto& [name, tensor] : file.tensors()) {
    if (name.starts_with("generator.")) continue;
    if (stateless || !name.starts_with("discriminator.")) return Holds::run;
    holds = Holds::networks;
  }
  return holds;
}

/// A value that every model has in its metadata. Error: bad_magic.
Result<const std::string*> metadata_of(const SafetensorsFile& file, const char* key) {
  const std::string* value = file.metadata(key);
  if (!value) return Error{ErrorCode::bad_magic, "a safetensors file, but not a Ganvas model"};
  return value;
}

}  // namespace

std::vector<std::uint8_t> save_checkpoint(Trainer<float>& trainer) {
  return file_of(trainer,
                 {generator_groups(trainer, /*average=*/false), discriminator_groups(trainer),
                  training_groups(trainer)},
                 Dtype::f32);
}

std::vector<std::uint8_t> save_generator(Trainer<float>& trainer, Dtype dtype) {
  return file_of(trainer, {generator_groups(trainer, /*average=*/true)}, dtype);
}

std::vector<std::uint8_t> save_networks(Trainer<float>& trainer, Dtype dtype) {
  return file_of(
      trainer, {generator_groups(trainer, /*average=*/true), discriminator_groups(trainer)}, dtype);
}

Result<GanConfig> saved_config(const SafetensorsFile& file) {
  GANVAS_RETURN_IF_ERROR(check_checksum(file));
  GANVAS_ASSIGN_OR_RETURN(const std::string* json, metadata_of(file, kConfigKey));
  return config_from_json(*json);
}

Result<std::int64_t> saved_steps(const SafetensorsFile& file) {
  GANVAS_ASSIGN_OR_RETURN(const std::string* text, metadata_of(file, kStepKey));
  std::int64_t step = -1;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), step);
  if (error != std::errc{} || end != text->data() + text->size() || step < 0 || step > kMaxStep) {
    return Error{ErrorCode::malformed, "the checkpoint's step is not a valid step count"};
  }
  return step;
}

Result<std::unique_ptr<Trainer<float>>> load_checkpoint(std::span<const std::uint8_t> bytes,
                                                        ThreadPool& pool,
                                                        ShardExchange<float>& exchange) {
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile file, SafetensorsFile::parse(bytes));
  GANVAS_ASSIGN_OR_RETURN(GanConfig config, saved_config(file));
  GANVAS_ASSIGN_OR_RETURN(const std::int64_t steps, saved_steps(file));
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Trainer<float>> trainer,
                          Trainer<float>::create(std::move(config), pool, exchange));

  GANVAS_RETURN_IF_ERROR(read_groups(generator_groups(*trainer, /*average=*/false), file));
  const Holds holds = contents_of(file, training_groups(*trainer).empty());
  if (holds != Holds::generator) {
    GANVAS_RETURN_IF_ERROR(read_groups(discriminator_groups(*trainer), file));
  }
  if (holds == Holds::run) {
    GANVAS_RETURN_IF_ERROR(read_groups(training_groups(*trainer), file));
  }
  trainer->resume({.steps = steps, .holds = holds});
  return trainer;
}

}  // namespace ganvas
