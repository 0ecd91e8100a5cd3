// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A training run as JavaScript has it. Arrays are copied in both directions, so that no JavaScript
// view is invalidated when the heap grows. Defined here, because bindings.cpp alone includes it.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "gan/flops.h"
#include "gan/trainer.h"
#include "inference/frozen_network.h"
#include "inference/inspection.h"
#include "inference/latents.h"
#include "io/checkpoint.h"
#include "io/config_json.h"
#include "io/networks_json.h"
#include "kernels/thread_tuner.h"
#include "wasm/exploration.h"
#include "wasm/values.h"

namespace ganvas::wasm {

// Types that the generated ganvas.d.ts shows in place of `val`.
EMSCRIPTEN_DECLARE_VAL_TYPE(State)
EMSCRIPTEN_DECLARE_VAL_TYPE(SessionOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(BytesOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(MetricsOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(Flow)

/// The thread pool of all sessions; its thread count is that of the first session. Calls are
/// synchronous, so sessions never compute at the same time. A second pool could not start anyway:
/// the Web Workers of PTHREAD_POOL_SIZE are taken, and more can only be created by the event loop,
/// which createSession() blocks.
inline ThreadPool& shared_pool(int threads) {
  // Never destroyed: what ends the module's worker ends its threads.
  static auto& pool = *new ThreadPool(threads);
  return pool;
}

/// One training run.
class Session {
 public:
  static constexpr int kMaxStepsPerCall = 1 << 20;

  static SessionOutcome create(const std::string& config_json, int threads) {
    auto config = config_from_json(config_json);
    if (!config) return SessionOutcome(failure(config.error()));
    std::unique_ptr<Session> session(new Session(shared_pool(threads)));
    auto trainer = Trainer<float>::create(std::move(config).value(), session->pool_);
    if (!trainer) return SessionOutcome(failure(trainer.error()));
    session->take_trainer(std::move(trainer).value());
    // Owned by JavaScript until it calls deleteSession().
    return SessionOutcome(val(reinterpret_cast<std::uintptr_t>(session.release())));
  }

  NothingOutcome set_data(const Bytes& images, const Bytes& labels) {
    return take_data(Dataset::of_images(copied_bytes(images), trainer_->config().sample_size(),
                                        copied_bytes(labels)));
  }

  NothingOutcome set_points(const Floats& points) {
    return take_data(Dataset::of_points(emscripten::convertJSArrayToNumberVector<float>(points),
                                        trainer_->config().sample_size()));
  }

  MetricsOutcome train(int steps) {
    if (steps < 1 || steps > kMaxStepsPerCall) {
      return MetricsOutcome(failure(
          {ErrorCode::invalid_argument, "train() takes 1 to " + std::to_string(kMaxStepsPerCall) +
                                            " steps, not " + std::to_string(steps)}));
    }
    history_.clear();
    StepMetrics last;
    for (int i = 0; i < steps; ++i) {
      auto metrics = tuner_.measure([&] { return trainer_->step(); });
      if (!metrics) return MetricsOutcome(failure(metrics.error()));
      last = metrics.value();
      for (const double value : {last.loss_d, last.loss_g, last.d_real, last.d_fake}) {
        history_.push_back(static_cast<float>(value));
      }
    }
    val object = metrics_object(last);
    object.set("history", copied_array<float>(history_));
    return MetricsOutcome(object);
  }

  /// Trains for half a step, without a history. Metrics of the missing half are NaN.
  MetricsOutcome advance_half() {
    auto metrics = trainer_->advance_half();
    return MetricsOutcome(metrics ? metrics_object(metrics.value()) : failure(metrics.error()));
  }

  NothingOutcome adjust(double generator_lr, double discriminator_lr, double label_smoothing,
                        double instance_noise) {
    const auto status =
        trainer_->adjust({generator_lr, discriminator_lr, label_smoothing, instance_noise});
    return nothing_or(status);
  }

  /// The data of the last batch, for at most the first `count` samples. Unknown outputs of D are
  /// empty.
  Flow flow(int count) const {
    const auto flow = flow_of(*trainer_);
    const auto batch = BatchLayout::of(std::clamp(count, 0, flow.batch.group_size));
    const int size = trainer_->config().sample_size();
    const int outputs = trainer_->discriminator().output_features();
    val object = val::object();
    const auto set = [&](const char* name, const float* packed, int features) {
      object.set(name, unpacked(packed, batch, features));
    };
    const auto set_labels = [&](const char* name, std::span<const std::uint8_t> labels) {
      object.set(name, copied_array(labels.first(static_cast<std::size_t>(batch.group_size))));
    };
    set("noise", flow.noise, trainer_->config().latent_size);
    set("real", flow.real, size);
    set("fake", flow.fake, size);
    set_labels("realLabels", flow.real_labels);
    set_labels("fakeLabels", flow.fake_labels);
    set("dReal", flow.d_real, outputs);
    set("dFake", flow.d_fake, outputs);
    set("dFakeOfG", flow.d_fake_of_g, outputs);
    return Flow(object);
  }

  std::string networks() const { return networks_to_json(*trainer_); }

  /// A parameter, by its index in networks(), or its gradient in the last update; row-major.
  FloatsOutcome tensor(bool of_generator, int index, bool gradient) const {
    const auto& parameters = trainer_->network(network_of(of_generator)).parameters();
    if (index < 0 || static_cast<std::size_t>(index) >= parameters.list().size()) {
      return FloatsOutcome(failure(invalid_index()));
    }
    const float* flat = gradient ? parameters.gradients() : parameters.values();
    return FloatsOutcome(copied_array<float>(
        parameters.slice(flat, parameters.list()[static_cast<std::size_t>(index)])));
  }

  /// The output of a layer for the first `count` samples of the last batch: of G's fakes, or of D's
  /// group 0 (real) or 1 (fake). (samples, features) row-major; empty before the first step.
  FloatsOutcome activations(bool of_generator, int layer, int group, int count) const {
    const Network network = network_of(of_generator);
    const auto& shapes = trainer_->network(network).output_shapes();
    const auto index = static_cast<std::size_t>(layer);
    if (layer < 0 || index >= shapes.size() || group < 0 || group > 1) {
      return FloatsOutcome(failure(invalid_index()));
    }
    const auto packed =
        layer_activations(*trainer_, network, index, network == Network::generator ? 0 : group);
    const auto batch = BatchLayout::of(std::clamp(count, 0, trainer_->batch().layout.group_size));
    return FloatsOutcome(unpacked(packed.data(), batch, static_cast<int>(shapes[index].size())));
  }

  /// `labels` are the classes of the samples; if empty, sample i gets class i % classes.
  FloatsOutcome sample(int count, double seed, const Bytes& labels) {
    if (count < 1 || count > kMaxSamples) {
      return FloatsOutcome(failure(
          {ErrorCode::invalid_argument, "sample() generates 1 to " + std::to_string(kMaxSamples) +
                                            " images, not " + std::to_string(count)}));
    }
    if (!is_seed(seed)) return FloatsOutcome(failure(invalid_seed()));
    const auto size = static_cast<std::size_t>(count);
    std::vector<std::uint8_t> classes = copied_bytes(labels);
    complete_labels(classes, size, trainer_->config().classes);
    if (!classes.empty() && !are_valid_labels(classes, size, trainer_->config().classes)) {
      return FloatsOutcome(failure(invalid_labels()));
    }
    const auto latents = ganvas::draw_latents<float>(
        static_cast<std::uint64_t>(seed),
        size * static_cast<std::size_t>(trainer_->config().latent_size));
    return copied_floats(
        copies_->current(Network::generator).outputs(latents, {.labels = classes}));
  }

  /// In the middle of a step, finishes it first.
  BytesOutcome save() {
    if (!trainer_->trainable()) {
      return BytesOutcome(
          failure({ErrorCode::not_trainable, "only networks are loaded: there is no run to save"}));
    }
    if (trainer_->in_step()) {
      if (const auto metrics = trainer_->step(); !metrics) {
        return BytesOutcome(failure(metrics.error()));
      }
    }
    const std::vector<std::uint8_t> bytes = save_checkpoint(*trainer_);
    return BytesOutcome(copied_array<std::uint8_t>(bytes));
  }

  NothingOutcome load(const Bytes& bytes) {
    auto trainer = load_checkpoint(copied_bytes(bytes), pool_);
    if (!trainer) return nothing_or(trainer.error());
    take_trainer(std::move(trainer).value());
    if (!data_) return nothing_or({});
    // Keeps the data for the loaded run if it fits; otherwise train() fails with no_data.
    const auto status = trainer_->set_data(data_);
    if (status) return nothing_or(status);
    data_.reset();
    const bool lacks_memory = status.error().code == ErrorCode::out_of_memory;
    return nothing_or(lacks_memory ? status : Status());
  }

  // Exploration of the networks; see exploration.h.
  QueryOutcome ask(int query, const Floats& input, const Bytes& labels, const Bytes& others,
                   const Floats& shares, double truncation) {
    return wasm::ask(*trainer_, *copies_, query, input, labels, others, shares, truncation);
  }
  FloatsOutcome draw_latents(int count, double seed) const {
    return wasm::draw_latents(*trainer_, count, seed);
  }
  FloatsOutcome walk(const Floats& latents, int rows, int columns) const {
    return wasm::walk(*trainer_, latents, rows, columns);
  }

  /// Starts an inversion, replacing the previous one.
  NothingOutcome invert(const Floats& target, int label, int starts, double seed, int steps,
                        const Floats& from) {
    auto inversion = wasm::invert(*trainer_, target, label, starts, seed, steps, from);
    if (!inversion) return nothing_or(inversion.error());
    inversion_ = std::move(inversion).value();
    return nothing_or({});
  }
  /// Null if no inversion was started.
  InversionState run_inversion(int steps) {
    if (!inversion_) return InversionState(val::null());
    inversion_->run(steps);
    return state_of(*inversion_);
  }

  std::string config() const { return config_to_json(trainer_->config()); }

  State state() const {
    val object = val::object();
    object.set("step", static_cast<double>(trainer_->steps()));
    object.set("epoch", static_cast<double>(trainer_->epoch()));
    object.set("imagesSeen", static_cast<double>(trainer_->images_seen()));
    object.set("hasData", trainer_->has_data());
    object.set("canTrain", trainer_->trainable());
    object.set("flopsPerStep", flops_per_step(*trainer_));
    object.set("nextHalf", std::string(name_of(trainer_->next_half())));
    object.set("inStep", trainer_->in_step());
    return State(object);
  }

 private:
  explicit Session(ThreadPool& pool) : pool_(pool), tuner_(pool) {}

  static val metrics_object(const StepMetrics& metrics) {
    val object = val::object();
    object.set("step", static_cast<double>(metrics.step));
    object.set("epoch", static_cast<double>(metrics.epoch));
    object.set("imagesSeen", static_cast<double>(metrics.images_seen));
    object.set("lossD", metrics.loss_d);
    object.set("lossG", metrics.loss_g);
    object.set("dReal", metrics.d_real);
    object.set("dFake", metrics.d_fake);
    return object;
  }

  static Network network_of(bool is_generator) {
    return is_generator ? Network::generator : Network::discriminator;
  }
  static Error invalid_index() {
    return {ErrorCode::invalid_argument, "no layer or tensor has this index"};
  }

  /// (samples, features) row-major; empty if `packed` is null.
  static val unpacked(const float* packed, BatchLayout batch, int features) {
    std::vector<float> rows;
    if (packed) {
      rows.resize(static_cast<std::size_t>(batch.group_size) * static_cast<std::size_t>(features));
      unpack_samples(packed, batch, features, rows.data());
    }
    return copied_array<float>(rows);
  }

  void take_trainer(std::unique_ptr<Trainer<float>> trainer) {
    trainer_ = std::move(trainer);
    copies_.emplace(*trainer_);
  }

  NothingOutcome take_data(Result<Dataset> data) {
    if (!data) return nothing_or(data.error());
    auto shared = std::make_shared<const Dataset>(std::move(data).value());
    const auto status = trainer_->set_data(shared);
    if (status) data_ = std::move(shared);
    return nothing_or(status);
  }

  ThreadPool& pool_;
  ThreadTuner tuner_;
  std::unique_ptr<Trainer<float>> trainer_;
  std::optional<FrozenNetworks<float>> copies_;
  std::shared_ptr<const Dataset> data_;
  std::unique_ptr<Inversion<float>> inversion_;
  std::vector<float> history_;
};

}  // namespace ganvas::wasm
