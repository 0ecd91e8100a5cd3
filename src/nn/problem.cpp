// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// English descriptions of problems; see problem.h.
#include "nn/problem.h"

#include <utility>

#include "base/memory.h"
#include "base/number_text.h"

namespace ganvas {
namespace {

/// A predicate for the subject at the problem's path.
std::string predicate_of(const Problem& problem) {
  const std::string value = text_of(problem.value);
  const std::string got = problem.got.to_string();
  switch (problem.kind) {
    case ProblemKind::wrong_type:
      return "must be " + problem.known;
    case ProblemKind::missing:
      return "is missing";
    case ProblemKind::unknown_key:
      return "is not a known key; known keys: " + problem.known;
    case ProblemKind::unknown_name:
      return "is '" + problem.name + "', must be one of " + problem.known;
    case ProblemKind::unknown_preset:
      break;  // has its own sentence
    case ProblemKind::range: {
      const std::string low = text_of(problem.range.low);
      const std::string high = text_of(problem.range.high);
      return "is " + value +
             (problem.range.excludes_high ? ", must be at least " + low + " and below " + high
                                          : ", must be " + low + " to " + high);
    }
    case ProblemKind::needs_classes:
      return "needs class labels, but the config has classes 0";
    case ProblemKind::needs_one_update:
      return "can only be false with first_update discriminator and one update per network";
    case ProblemKind::too_much_memory:
      return "needs " + megabytes(problem.value) + " of memory, but a run can have only " +
             megabytes(problem.range.high) + " here: try a smaller batch_size or smaller layers";
    case ProblemKind::needs_flat:
      return "expects flat samples (features,), got " + got + ": insert flatten before it";
    case ProblemKind::needs_image:
      return "expects images (channels, height, width), got " + got + ": insert reshape before it";
    case ProblemKind::kernel_too_large:
      return "is " + value + ", which is too large for samples of shape " + got;
    case ProblemKind::padding_too_large:
      return "is " + value + ", which gives an empty output for samples of shape " + got;
    case ProblemKind::size_mismatch:
      return "cannot reshape " + got + " to " + problem.wanted.to_string();
    case ProblemKind::output_too_large:
      return "outputs more than " + value + " numbers per sample";
    case ProblemKind::too_many_parameters:
      return "gives the network more than " + value + " parameters";
    case ProblemKind::too_many_activations:
      return "gives the network more than " + value + " activations per batch";
    case ProblemKind::too_many_layers:
      return "has more than " + value + " entries";
    case ProblemKind::no_layers:
      return "must contain a layer that computes something";
    case ProblemKind::output_mismatch:
      return "outputs " + got + " per sample, but must output " + problem.wanted.to_string();
    case ProblemKind::needs_sigmoid:
      return "must end in sigmoid for this objective";
    case ProblemKind::not_piecewise_linear:
      return "does not support a gradient penalty; layers that do: " + problem.known;
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

std::optional<Misfit> check_ranges(NumberFields fields, const void* object) {
  std::optional<Misfit> found;
  for (const NumberField& field : fields) {
    check_range(field.name, field.get(object), field.range, found);
  }
  return found;
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
  ErrorCode code = ErrorCode::invalid_config;
  if (problem.kind == ProblemKind::unknown_preset) code = ErrorCode::not_found;
  if (problem.kind == ProblemKind::too_much_memory) code = ErrorCode::out_of_memory;
  return {code, describe(problem)};
}

}  // namespace ganvas
