// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// From a state dict to networks; see foreign_weights.h.
#include "exchange/foreign_weights.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "base/joined.h"
#include "exchange/infer_config.h"
#include "exchange/state_dict.h"
#include "exchange/tensor_file.h"
#include "gan/trainer.h"
#include "io/checkpoint.h"
#include "io/checksum.h"
#include "io/config_json.h"

namespace ganvas {
namespace {

bool starts_with(std::span<const std::uint8_t> bytes, std::string_view magic) {
  return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size())
      .starts_with(magic);
}

/// Files of torch.save() hold a pickle, which can run any code: in a ZIP file, or bare and then
/// beginning with a number of ten bytes. Two bytes alone can also be the length of a header.
bool is_pickle(std::span<const std::uint8_t> bytes) {
  return starts_with(bytes, "PK\x03\x04") || starts_with(bytes, "\x80\x02\x8a\x0a");
}

constexpr const char* kPickleMessage =
    "a file of torch.save(), which can run any code when it is opened and is not read; convert it "
    "in Python: "
    "from safetensors.torch import save_file; "
    "save_file(torch.load('G.pth', 'cpu', weights_only=True), 'G.safetensors')";

/// The state dicts of the networks. What no name tells apart is the generator, and an average
/// replaces the parameters of which it is one.
struct Networks {
  StateDict generator;
  StateDict discriminator;
};

Networks networks_of(const StateDicts& dicts) {
  Networks networks{dicts.generator, dicts.discriminator};
  if (networks.generator.entries.empty() && dicts.average.entries.empty()) {
    networks.generator = dicts.unnamed;
  }
  for (const auto& [name, entry] : dicts.average.entries) {
    networks.generator.entries[name] = entry;
  }
  return networks;
}

/// Copies the tensors into a network. Errors: malformed.
Status copy_tensors(const Match& match, NamedTensors<float>& tensors) {
  for (const NamedTensor& tensor : tensors.list()) {
    const StateDict::Entry& entry = match.tensors.at(tensor.name);
    const std::vector<float> values = floats_of(*entry.tensor);
    const auto target = NamedTensors<float>::slice(tensors.values(), tensor);
    if (values.size() != target.size()) {
      return Error{ErrorCode::malformed,
                   "'" + entry.full_name + "' is " + entry.tensor->dtype + " of " +
                       std::to_string(entry.tensor->bytes.size()) +
                       " bytes; weights are F32, F64, F16 or BF16 of their shape's size"};
    }
    std::ranges::copy(values, target.begin());
  }
  return {};
}

Status copy_network(const Match& match, Sequential<float>& network) {
  GANVAS_RETURN_IF_ERROR(copy_tensors(match, network.parameters()));
  return copy_tensors(match, network.buffers());
}

std::int64_t step_of(const TensorFile& file) {
  std::int64_t step = 0;
  if (const auto found = file.metadata.find(kStepKey); found != file.metadata.end()) {
    const std::string& text = found->second;
    std::from_chars(text.data(), text.data() + text.size(), step);
  }
  return std::clamp<std::int64_t>(step, 0, kMaxStep);
}

void note_ignored(const TensorFile& file, const std::vector<const Match*>& matches,
                  std::vector<std::string>& notes) {
  std::set<std::string> used;
  for (const Match* match : matches) {
    for (const auto& [name, entry] : match->tensors) used.insert(entry.full_name);
  }
  constexpr int kNamed = 6;
  std::vector<std::string_view> named;
  int ignored = 0;
  for (const auto& [name, tensor] : file.tensors) {
    if (used.contains(name) || ++ignored > kNamed) continue;
    named.push_back(name);
  }
  if (ignored == 0) return;
  std::string names = joined(named);
  if (ignored > kNamed) names += " and " + std::to_string(ignored - kNamed) + " more";
  notes.push_back("Tensors that are not needed were ignored: " + names + ".");
}

}  // namespace

Result<ForeignWeights> read_foreign_weights(std::span<const std::uint8_t> bytes,
                                            const std::optional<GanConfig>& config) {
  if (is_pickle(bytes)) return Error{ErrorCode::bad_magic, kPickleMessage};
  GANVAS_ASSIGN_OR_RETURN(const TensorFile file, read_tensor_file(bytes));
  if (file.metadata.contains(kChecksumKey)) return checksum_mismatch();
  const StateDicts dicts = sort_tensors(file);
  const Networks networks = networks_of(dicts);

  ForeignWeights weights;
  std::optional<GanConfig> known = config;
  const auto stored = file.metadata.find(kConfigKey);
  if (!known && stored != file.metadata.end()) {
    GANVAS_ASSIGN_OR_RETURN(known, config_from_json(stored->second));
  }
  bool scores = !networks.discriminator.entries.empty();
  if (!known) {
    GANVAS_ASSIGN_OR_RETURN(InferredConfig inferred,
                            infer_config(networks.generator, networks.discriminator));
    known = std::move(inferred.config);
    scores = inferred.with_discriminator;
    weights.notes = std::move(inferred.notes);
  }
  ThreadPool pool(1);
  GANVAS_ASSIGN_OR_RETURN(const std::unique_ptr<Trainer<float>> trainer,
                          Trainer<float>::create(*std::move(known), pool));
  GANVAS_ASSIGN_OR_RETURN(
      const Match generator,
      match_tensors(networks.generator, tensors_of(trainer->generator()), "generator"));
  GANVAS_RETURN_IF_ERROR(copy_network(generator, trainer->generator()));
  Match discriminator;
  if (scores) {
    GANVAS_ASSIGN_OR_RETURN(
        discriminator, match_tensors(networks.discriminator, tensors_of(trainer->discriminator()),
                                     "discriminator"));
    GANVAS_RETURN_IF_ERROR(copy_network(discriminator, trainer->discriminator()));
  }
  if (!dicts.average.entries.empty()) {
    weights.notes.emplace_back("The generator is the moving average that the file has of it.");
  }
  if (generator.by_shape || discriminator.by_shape) {
    weights.notes.emplace_back(
        "Names are not those of one nn.Sequential: layers were told by their order and shapes.");
  }
  note_ignored(file, {&generator, &discriminator}, weights.notes);
  trainer->resume({.steps = step_of(file), .holds = scores ? Holds::networks : Holds::generator});
  weights.file =
      scores ? save_networks(*trainer, Dtype::f32) : save_generator(*trainer, Dtype::f32);
  return weights;
}

}  // namespace ganvas
