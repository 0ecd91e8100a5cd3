// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Exploration of a session's networks from JavaScript: paths through the latent space, samples of
// given latents, D's scores and saliency maps, layer outputs, and the latent of a given image.
// Training is not affected. Arrays are row-major. Errors: non_finite for NaN and infinities,
// shape_mismatch for wrong lengths, else invalid_argument. There are few functions with many uses,
// since each adds a few hundred bytes to the download; web/engine/session.ts wraps them in separate
// methods.
#pragma once

#include <memory>

#include "gan/trainer.h"
#include "inference/frozen_network.h"
#include "inference/inversion.h"
#include "wasm/values.h"

namespace ganvas::wasm {

EMSCRIPTEN_DECLARE_VAL_TYPE(QueryOutcome)
EMSCRIPTEN_DECLARE_VAL_TYPE(InversionState)

/// The kinds of queries, as numbers that JavaScript passes.
enum class Query { samples, scores, saliency, generator_layers, discriminator_layers };

/// Runs G on latents, or D on samples, with one class each. `others` and `shares` are empty or mix
/// a second class into each; truncation scales latents.
QueryOutcome ask(const Trainer<float>& trainer, FrozenNetworks<float>& copies, int query,
                 const Floats& input, const Bytes& labels, const Bytes& others,
                 const Floats& shares, double truncation);

/// latents (count, latent_size), the same as sample() draws for the seed.
FloatsOutcome draw_latents(const Trainer<float>& trainer, int count, double seed);

/// Latents (rows, columns, latent_size): the path between two latents as one row, or the plane
/// through three.
FloatsOutcome walk(const Trainer<float>& trainer, const Floats& latents, int rows, int columns);

/// Starts an inversion. label -1: any class; `from` is empty or a latent to start from.
Result<std::unique_ptr<Inversion<float>>> invert(const Trainer<float>& trainer,
                                                 const Floats& target, int label, int starts,
                                                 double seed, int steps, const Floats& from);
InversionState state_of(const Inversion<float>& inversion);

void register_exploration_types();

}  // namespace ganvas::wasm
