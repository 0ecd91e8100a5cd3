// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Mode collapse as a verdict: a generator that makes a few pictures of all its noise (Goodfellow
// 2016, section 5.1.1), be it a few digits of ten, or one picture of each digit.
#pragma once

#include <string_view>

#include "judge/opinions.h"

namespace ganvas {

enum class CollapseState {
  unclear,  // the samples are no digits yet, so that nothing can be said of their variety
  healthy,
  narrowing,  // half of what is real, or more, is missing
  collapsed,  // three quarters, or more
};

/// "unclear", "healthy", "narrowing" or "collapsed".
std::string_view collapse_state_name(CollapseState state);

/// What samples show of the variety of real digits, and what to call it.
///
/// Variety is lost between digits or within them, so what is left is the smaller of two parts:
///   classes / 10, with classes = 2^(entropy of the classes seen), the number of digits there are;
///   diversity = sum_c n_c s_c / sum_c n_c r_c, with s_c the mean squared distance between two of
///     the n_c samples seen as digit c, in the judge's features, and r_c that between two real
///     ones. A conditional generator that ignores its noise shows all ten digits, and is found by
///     this alone.
/// Recall speaks against the second: who reaches a share of the real digits has that share of them,
/// however close its samples lie. So left = min(classes / 10, max(diversity, recall)).
///
/// Noise and blurs are all alike to the judge too, as the first samples of any run are, and often
/// it is sure of what it sees in them. But its features answer to strokes, and to those hardly at
/// all: clarity = sum_i |f_i|^2 / sum_i |f of real digits of i's class|^2, 1 for real digits. Where
/// it is low the state is `unclear`, whatever the rest says.
struct Variety {
  double classes = 0;
  double diversity = 0;
  double clarity = 0;
  CollapseState state = CollapseState::unclear;
};

/// Of at least two samples and two real digits; `recall` is that of precision_recall().
Variety variety_of(const Opinions& samples, const Opinions& real, double recall);

}  // namespace ganvas
