// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Detection of mode collapse (Goodfellow 2016, section 5.1.1): the generator maps all its noise to
// a few images, which can be a few of the ten digits or one image of each digit.
#pragma once

#include <array>
#include <string_view>

#include "base/fields.h"
#include "judge/classifier_outputs.h"

namespace ganvas {

enum class CollapseState {
  unclear,  // the samples do not look like digits yet, so their diversity means nothing
  healthy,
  narrowing,  // at least half of the variety of real digits is missing
  collapsed,  // at least three quarters are missing
};
template <>
inline constexpr std::array<std::string_view, 4> kEnumNames<CollapseState>{
    "unclear", "healthy", "narrowing", "collapsed"};

/// The variety of samples relative to real digits.
///
/// Variety can be lost between digits and within them:
///   classes = 2^(entropy of the predicted classes), the effective number of digits;
///   diversity = sum_c n_c s_c / sum_c n_c r_c, where s_c is the mean squared feature distance
///     between two of the n_c samples classified as digit c, and r_c between two real ones. Only
///     diversity reveals a conditional generator that ignores its noise: it draws all ten digits.
/// High recall overrides low diversity: samples that reach a share of the real digits have at least
/// that share of their variety, even if they lie close together. So the remaining variety is
/// min(classes / 10, max(diversity, recall)).
///
/// Noise and blurs, such as the first samples of a run, have similar features too, and the
/// classifier is often confident about them. But its features respond to strokes, so they are small
/// for noise and blurs: clarity = sum_i |f_i|^2 / sum_i (mean |f|^2 of real digits of i's class),
/// which is 1 for real digits. If clarity is low, the state is always `unclear`.
struct Variety {
  double classes = 0;
  double diversity = 0;
  double clarity = 0;
  CollapseState state = CollapseState::unclear;
};

/// Takes at least two samples and two real digits; `recall` comes from precision_recall().
Variety variety_of(const ClassifierOutputs& samples, const ClassifierOutputs& real, double recall);

}  // namespace ganvas
