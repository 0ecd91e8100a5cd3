// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Which tensors a checkpoint consists of, and how they are restored; see checkpoint.h.
#include "io/checkpoint.h"

#include <charconv>
#include <string>
#include <utility>

#include "io/config_json.h"

namespace ganvas {
namespace {

constexpr const char* kFormatKey = "format";
constexpr const char* kFormatValue = "pt";  // what transformers and others look for
constexpr const char* kConfigKey = "ganvas.config";
constexpr const char* kStepKey = "ganvas.step";

/// One flat array of a trainer that is laid out as a network's parameters, and its tensors' names.
template <typename Float>
struct TensorGroup {
  std::string prefix;
  std::string suffix;
  const Parameters<float>* parameters;
  Float* flat;

  std::string name_of(const Parameter& parameter) const { return prefix + parameter.name + suffix; }
};

// Both constnesses of a trainer are walked by the same list, so what is saved is what is restored.
template <typename TrainerRef>
auto generator_group(TrainerRef& trainer) {
  auto& parameters = trainer.generator().parameters();
  return TensorGroup<std::remove_pointer_t<decltype(parameters.values())>>{
      "generator.", "", &parameters, parameters.values()};
}

template <typename TrainerRef>
auto training_groups(TrainerRef& trainer) {
  using Group = decltype(generator_group(trainer));
  auto& g = trainer.generator().parameters();
  auto& d = trainer.discriminator().parameters();
  return std::vector<Group>{
      {"discriminator.", "", &d, d.values()},
      {"optimizer_g.", ".exp_avg", &g, trainer.optimizer_g().exp_avg()},
      {"optimizer_g.", ".exp_avg_sq", &g, trainer.optimizer_g().exp_avg_sq()},
      {"optimizer_d.", ".exp_avg", &d, trainer.optimizer_d().exp_avg()},
      {"optimizer_d.", ".exp_avg_sq", &d, trainer.optimizer_d().exp_avg_sq()},
  };
}

template <typename Group>
void write_group(const Group& group, Dtype dtype, SafetensorsWriter& writer) {
  for (const Parameter& parameter : group.parameters->list()) {
    writer.add(group.name_of(parameter), parameter.shape,
               Parameters<float>::slice(group.flat, parameter), dtype);
  }
}

template <typename Group>
Status check_group(const Group& group, const SafetensorsFile& file) {
  for (const Parameter& parameter : group.parameters->list()) {
    GANVAS_RETURN_IF_ERROR(file.check(group.name_of(parameter), parameter.shape));
  }
  return {};
}

template <typename Group>
void read_group(const Group& group, const SafetensorsFile& file) {
  for (const Parameter& parameter : group.parameters->list()) {
    file.read(group.name_of(parameter), Parameters<float>::slice(group.flat, parameter));
  }
}

SafetensorsWriter start_file(const Trainer<float>& trainer) {
  SafetensorsWriter writer;
  writer.set_metadata(kFormatKey, kFormatValue);
  writer.set_metadata(kConfigKey, config_to_json(trainer.config()));
  writer.set_metadata(kStepKey, std::to_string(trainer.steps()));
  return writer;
}

Result<std::int64_t> parse_step(const std::string& text) {
  constexpr std::int64_t kMaxStep = std::int64_t{1} << 40;  // times any batch size is still a count
  std::int64_t step = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), step);
  if (error != std::errc{} || end != text.data() + text.size() || step < 0 || step > kMaxStep) {
    return Error{ErrorCode::malformed, "the checkpoint's step is no step count"};
  }
  return step;
}

}  // namespace

std::vector<std::uint8_t> save_checkpoint(const Trainer<float>& trainer) {
  SafetensorsWriter writer = start_file(trainer);
  write_group(generator_group(trainer), Dtype::f32, writer);
  for (const auto& group : training_groups(trainer)) write_group(group, Dtype::f32, writer);
  return writer.finish();
}

std::vector<std::uint8_t> save_generator(const Trainer<float>& trainer, Dtype dtype) {
  SafetensorsWriter writer = start_file(trainer);
  write_group(generator_group(trainer), dtype, writer);
  return writer.finish();
}

Result<std::unique_ptr<Trainer<float>>> load_checkpoint(std::span<const std::uint8_t> bytes,
                                                        ThreadPool& pool) {
  GANVAS_ASSIGN_OR_RETURN(const SafetensorsFile file, SafetensorsFile::parse(bytes));
  const std::string* config_json = file.metadata(kConfigKey);
  const std::string* step_text = file.metadata(kStepKey);
  if (!config_json || !step_text) {
    return Error{ErrorCode::bad_magic, "a safetensors file, but not a Ganvas model"};
  }
  GANVAS_ASSIGN_OR_RETURN(GanConfig config, config_from_json(*config_json));
  GANVAS_ASSIGN_OR_RETURN(const std::int64_t step, parse_step(*step_text));
  GANVAS_ASSIGN_OR_RETURN(std::unique_ptr<Trainer<float>> trainer,
                          Trainer<float>::create(std::move(config), pool));

  const auto generator = generator_group(*trainer);
  GANVAS_RETURN_IF_ERROR(check_group(generator, file));
  read_group(generator, file);

  bool generator_only = true;
  for (const auto& [name, tensor] : file.tensors()) {
    generator_only = generator_only && name.starts_with(generator.prefix);
  }
  if (!generator_only) {
    for (const auto& group : training_groups(*trainer)) {
      GANVAS_RETURN_IF_ERROR(check_group(group, file));
      read_group(group, file);
    }
  }
  trainer->set_trainable(!generator_only);
  trainer->set_steps(step);
  return trainer;
}

}  // namespace ganvas
