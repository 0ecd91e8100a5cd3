// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Checks arguments from JavaScript and calls the core; see exploration.h.
#include "wasm/exploration.h"

#include <utility>

#include "inference/frozen_network.h"
#include "inference/latents.h"
#include "nn/check_layers.h"

namespace ganvas::wasm {
namespace {

// The messages name it.
static_assert(kMaxSamples == 65536);

Error invalid(const char* message) {
  return {ErrorCode::invalid_argument, message};
}

/// Copies rows of `width` finite numbers: `count` rows, or any number of them if that is 0.
Status copy_rows(const val& array, int width, std::size_t count, std::vector<float>& rows) {
  const auto length = array["length"].as<std::size_t>();
  const auto size = static_cast<std::size_t>(width);
  if (count == 0) count = std::max<std::size_t>(1, length / size);
  if (length != count * size || count > kMaxSamples) {
    return Error{ErrorCode::shape_mismatch, std::to_string(length) +
                                                " numbers do not make up the required rows of " +
                                                std::to_string(width)};
  }
  rows = emscripten::convertJSArrayToNumberVector<float>(array);
  for (const float value : rows) {
    if (!std::isfinite(value)) {
      return Error{ErrorCode::non_finite, "a value is NaN or infinite"};
    }
  }
  return {};
}

val run_query(const Trainer<float>& trainer, FrozenNetworks<float>& copies, Query query,
              const val& input, const val& labels_of, const val& others_of, const val& shares_of,
              double truncation) {
  const GanConfig& config = trainer.config();
  const Network which = query == Query::samples || query == Query::generator_layers
                            ? Network::generator
                            : Network::discriminator;
  const bool of_generator = which == Network::generator;
  const bool of_layers = query >= Query::generator_layers;
  if (!of_generator && trainer.holds() == Holds::generator) {
    return failure(
        {ErrorCode::not_trainable, "only a generator is loaded, without a discriminator"});
  }
  const int width = of_generator ? config.latent_size : config.sample_size();
  std::vector<float> rows;
  if (const auto status = copy_rows(input, width, of_layers ? 1 : 0, rows); !status) {
    return failure(status.error());
  }
  const std::size_t count = rows.size() / static_cast<std::size_t>(width);
  std::vector<std::uint8_t> labels = copied_bytes(labels_of);
  if (of_generator) complete_labels(labels, count, config.classes);
  const std::vector<std::uint8_t> others = copied_bytes(others_of);
  const auto shares = emscripten::convertJSArrayToNumberVector<float>(shares_of);
  const bool needs_labels =
      of_generator ? config.classes > 0 : take_classes(config.discriminator.layers);
  if (((needs_labels || !labels.empty()) && !are_valid_labels(labels, count, config.classes)) ||
      (!others.empty() && !are_valid_labels(others, count, config.classes))) {
    return failure(invalid_labels());
  }
  bool in_range = truncation >= 0 && truncation <= 1 && shares.size() == others.size();
  for (const float share : shares) in_range = in_range && share >= 0 && share <= 1;
  if (!in_range) {
    return failure(
        invalid("truncation must be 0 to 1, and shares one per label in others, each 0 to 1"));
  }

  if (of_generator) truncate_latents<float>(rows, truncation);
  const SampleClasses<float> classes{labels, others, shares};
  FrozenNetwork<float>& network = copies.current(which);
  if (query == Query::scores) return copied_floats(network.scores(rows, classes));
  if (query == Query::saliency) return copied_floats(network.input_gradients(rows, classes));
  const std::vector<float> outputs = network.outputs(rows, classes);
  if (!of_layers) return copied_floats(outputs);
  val layers = val::array();
  for (std::size_t i = 0; i < network.layer_shapes().size(); ++i) {
    const Shape& shape = network.layer_shapes()[i];
    val extents = val::array();
    for (int axis = 0; axis < shape.rank(); ++axis) extents.set(axis, shape[axis]);
    val layer = val::object();
    layer.set("shape", extents);
    layer.set("values", static_cast<val>(copied_floats(network.layer_output(i))));
    layers.call<void>("push", layer);
  }
  return layers;
}

}  // namespace

QueryOutcome ask(const Trainer<float>& trainer, FrozenNetworks<float>& copies, int query,
                 const Floats& input, const Bytes& labels, const Bytes& others,
                 const Floats& shares, double truncation) {
  return QueryOutcome(run_query(trainer, copies, static_cast<Query>(query), input, labels, others,
                                shares, truncation));
}

FloatsOutcome draw_latents(const Trainer<float>& trainer, int count, double seed) {
  if (count < 1 || count > kMaxSamples) {
    return FloatsOutcome(failure(invalid("drawLatents() draws 1 to 65536 latents")));
  }
  if (!is_seed(seed)) return FloatsOutcome(failure(invalid_seed()));
  return copied_floats(ganvas::draw_latents<float>(
      static_cast<std::uint64_t>(seed),
      static_cast<std::size_t>(count) * static_cast<std::size_t>(trainer.config().latent_size)));
}

FloatsOutcome walk(const Trainer<float>& trainer, const Floats& latents, int rows, int columns) {
  const auto size = static_cast<std::size_t>(trainer.config().latent_size);
  const bool is_path = rows == 1;
  if (rows < 1 || columns < 2 || static_cast<double>(rows) * columns > kMaxSamples) {
    return FloatsOutcome(
        failure(invalid("a path must have 2 to 65536 points, a plane as many in at least 2 rows")));
  }
  std::vector<float> corners;
  const auto status = copy_rows(latents, trainer.config().latent_size, is_path ? 2 : 3, corners);
  if (!status) return FloatsOutcome(failure(status.error()));
  const auto corner = [&](std::size_t i) {
    return std::span<const float>(corners).subspan(i * size, size);
  };
  std::vector<float> points(static_cast<std::size_t>(rows * columns) * size);
  if (is_path) {
    latent_path<float>(corner(0), corner(1), points);
  } else {
    latent_plane<float>(corner(0), corner(1), corner(2), rows, columns, points);
  }
  return copied_floats(points);
}

Result<std::unique_ptr<Inversion<float>>> invert(const Trainer<float>& trainer,
                                                 const Floats& target, int label, int starts,
                                                 double seed, int steps, const Floats& from) {
  std::vector<float> target_sample;
  std::vector<float> start;
  GANVAS_RETURN_IF_ERROR(copy_rows(target, trainer.config().sample_size(), 1, target_sample));
  if (from["length"].as<int>() > 0) {
    GANVAS_RETURN_IF_ERROR(copy_rows(from, trainer.config().latent_size, 1, start));
  }
  if (!is_seed(seed)) return invalid_seed();
  return Inversion<float>::create(trainer, target_sample,
                                  {.label = label,
                                   .starts = starts,
                                   .seed = static_cast<std::uint64_t>(seed),
                                   .from = start,
                                   .steps = steps});
}

InversionState state_of(const Inversion<float>& inversion) {
  const InvertedSample<float> best = inversion.best();
  val object = val::object();
  const auto set = [&object](const char* name, const val& value) { object.set(name, value); };
  set("steps", val(inversion.steps()));
  set("done", val(inversion.done()));
  set("error", val(best.error));
  set("label", val(best.label));
  set("latent", copied_floats(best.latent));
  set("sample", copied_floats(best.sample));
  return InversionState(object);
}

void register_exploration_types() {
  declare_type<QueryOutcome>(
      "Float32Array<ArrayBuffer> | { shape: number[]; values: Float32Array<ArrayBuffer> }[] "
      "| " GANVAS_TS_FAILURE);
  declare_type<InversionState>(
      "{ steps: number; done: boolean; error: number; label: number; latent: "
      "Float32Array<ArrayBuffer>; sample: Float32Array<ArrayBuffer> } | null");
}

}  // namespace ganvas::wasm
