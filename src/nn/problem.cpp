// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Problems of configs in English; see problem.h.
#include "nn/problem.h"

#include <utility>

#include "base/range.h"

namespace ganvas {
namespace {

/// What is wrong with the thing at the problem's path, as a predicate.
std::string predicate_of(const Problem& problem) {
  const std::string value = text_of(problem.value);
  const std::string got = problem.got.to_string();
  switch (problem.kind) {
    case ProblemKind::wrong_type:
      return "must be " + problem.known;
    case ProblemKind::missing:
      return "is missing";
    case ProblemKind::unknown_key:
      return "is not a known key";
    case ProblemKind::unknown_name:
      return "is '" + problem.name + "', must be one of " + problem.known;
    case ProblemKind::unknown_preset:
      break;  // a sentence of its own
    case ProblemKind::range: {
      const std::string low = text_of(problem.range.low);
      const std::string high = text_of(problem.range.high);
      return "is " + value +
             (problem.range.excludes_high ? ", must be at least " + low + " and below " + high
                                          : ", must be " + low + " to " + high);
    }
    case ProblemKind::needs_classes:
      return "needs classes, but the config says classes 0";
    case ProblemKind::needs_one_update:
      return "false needs first_update discriminator and one update of each network";
    case ProblemKind::needs_flat:
      return "gets samples of shape " + got +
             ", needs flat ones (features,): put flatten before it";
    case ProblemKind::needs_image:
      return "gets samples of shape " + got +
             ", needs (channels, height, width): put reshape before it";
    case ProblemKind::kernel_too_large:
      return "is " + value + ", too large for samples of shape " + got;
    case ProblemKind::padding_too_large:
      return "is " + value + ", which leaves nothing of samples of shape " + got;
    case ProblemKind::size_mismatch:
      return "cannot make " + problem.wanted.to_string() + " of samples of shape " + got;
    case ProblemKind::output_too_large:
      return "makes more than " + value + " numbers of a sample";
    case ProblemKind::too_many_parameters:
      return "takes the network beyond " + value + " parameters";
    case ProblemKind::too_many_activations:
      return "takes the network beyond " + value + " activations for a batch";
    case ProblemKind::too_many_layers:
      return "are more than " + value;
    case ProblemKind::no_layers:
      return "must include one that computes something";
    case ProblemKind::output_mismatch:
      return "makes " + got + " of a sample, must make " + problem.wanted.to_string();
    case ProblemKind::needs_sigmoid:
      return "must end in sigmoid for this objective";
    case ProblemKind::not_piecewise_linear:
      return "does not go with a gradient penalty; layers that do: " + problem.known;
  }
  return "";
}

}  // namespace

Problem located(const Misfit& misfit, const std::string& path) {
  std::string where = path;
  if (misfit.field) where += (path.empty() ? "" : ".") + std::string(misfit.field);
  return {.kind = misfit.kind,
          .path = std::move(where),
          .value = misfit.value,
          .range = misfit.range,
          .wanted = misfit.wanted};
}

void check_range(const char* field, double value, const Range& range,
                 std::optional<Misfit>& found) {
  if (found || range.contains(value)) return;
  found = Misfit{.kind = ProblemKind::range, .field = field, .value = value, .range = range};
}

std::string describe(const Problem& problem) {
  if (problem.kind == ProblemKind::unknown_preset) {
    return "unknown preset '" + problem.name + "'; known presets: " + problem.known;
  }
  std::string subject = problem.path.empty() ? "the config" : problem.path;
  const bool of_layer = problem.path.ends_with("]") && !problem.name.empty();
  if (of_layer) subject += " (" + problem.name + ")";
  return subject + " " + predicate_of(problem);
}

Error error_of(const Problem& problem) {
  const bool unknown = problem.kind == ProblemKind::unknown_preset;
  return {unknown ? ErrorCode::not_found : ErrorCode::invalid_config, describe(problem)};
}

std::string joined(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace ganvas
