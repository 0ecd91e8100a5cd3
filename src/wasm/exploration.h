// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What JavaScript can ask of a session's networks besides training them: walks through the latent
// space, samples at chosen places in it, what D thinks and where it looks, what the layers make,
// and which latent makes a given sample. None of it disturbs training. Arrays are row-major;
// numbers that are not finite fail as non_finite, wrong lengths as shape_mismatch, and other
// nonsense as invalid_argument. Few calls with many answers, since each costs a few hundred bytes
// of download; web/engine/session.ts gives each answer a name of its own.
#pragma once

#include <memory>

#include "gan/trainer.h"
#include "inference/inversion.h"
#include "wasm/values.h"

namespace ganvas::wasm {

EMSCRIPTEN_DECLARE_VAL_TYPE(Answer)
EMSCRIPTEN_DECLARE_VAL_TYPE(InversionState)

/// What can be asked: the numbers that JavaScript passes.
enum class Asked { samples, scores, saliency, generator_layers, discriminator_layers };

/// Of G on latents, or of D on samples, each with its class; `others` and `shares` are empty or mix
/// a second class into each; truncation scales latents.
Answer ask(const Trainer<float>& trainer, int asked, const Floats& input, const Bytes& labels,
           const Bytes& others, const Floats& shares, double truncation);

/// latents (count, latent_size), those of sample() from the same seed.
FloatsOutcome draw_latents(const Trainer<float>& trainer, int count, double seed);

/// Latents (rows, columns, latent_size): the path between two in one row, or the plane through
/// three.
FloatsOutcome walk(const Trainer<float>& trainer, const Floats& latents, int rows, int columns);

/// label -1: any; `from` is empty or a latent to start at.
Result<std::unique_ptr<Inversion<float>>> invert(const Trainer<float>& trainer,
                                                 const Floats& target, int label, int starts,
                                                 double seed, int steps, const Floats& from);
InversionState state_of(const Inversion<float>& inversion);

void register_exploration_types();

}  // namespace ganvas::wasm
