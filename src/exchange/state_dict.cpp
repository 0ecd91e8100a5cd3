// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Names and shapes of state dicts; see state_dict.h.
#include "exchange/state_dict.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace ganvas {
namespace {

constexpr std::array<std::string_view, 2> kWrappers{"module", "_orig_mod"};  // parallel, compiled
constexpr std::array<std::string_view, 5> kGenerators{"generator", "gen", "netg", "g", "model_g"};
constexpr std::array<std::string_view, 6> kAverages{"generator_average", "generator_ema", "gen_ema",
                                                    "netg_ema",          "g_ema",         "ema"};
constexpr std::array<std::string_view, 6> kDiscriminators{"discriminator", "disc",   "netd", "d",
                                                          "critic",        "model_d"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
  return std::ranges::find(names, lower) != names.end();
}

std::string_view first_part(std::string_view name) {
  const std::size_t dot = name.find('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(0, dot);
}

void drop_first_part(std::string_view& name) {
  name.remove_prefix(first_part(name).size() + 1);
}

void drop_wrappers(std::string_view& name) {
  while (is_one_of(kWrappers, first_part(name))) drop_first_part(name);
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c); });
}

/// Of counters such as num_batches_tracked, and of shapes; weights are real numbers.
bool is_whole(std::string_view dtype) {
  return dtype.starts_with('I') || dtype.starts_with('U') || dtype == "BOOL";
}

/// Removes the modules that all tensors are inside of: "main." of "main.0.weight".
void drop_common_parts(StateDict& dict) {
  if (dict.entries.empty()) return;
  const std::string_view first = dict.entries.begin()->first;
  std::size_t common = 0;  // bytes of all names that are the same modules
  for (;;) {
    const std::string_view part = first_part(first.substr(common));
    if (part.empty() || is_number(part)) break;
    const bool shared = std::ranges::all_of(dict.entries, [&](const auto& named) {
      std::string_view rest = std::string_view(named.first).substr(common);
      if (first_part(rest) != part) return false;
      drop_first_part(rest);
      // A lone Linear's "fc.weight" would become "weight", which is in no module.
      return !first_part(rest).empty();
    });
    if (!shared) break;
    common += part.size() + 1;
  }
  std::map<std::string, StateDict::Entry> inside;
  for (const auto& [name, entry] : dict.entries) inside.emplace(name.substr(common), entry);
  dict.entries = std::move(inside);
}

/// The tensors of one module: "fc1" has "weight" and "bias".
struct Module {
  std::string path;
  std::map<std::string, StateDict::Entry> tensors;
};

/// Numbers in names count as numbers: "2" comes before "10".
bool comes_before(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const auto digits = [](std::string_view text) {
      const auto end = std::ranges::find_if(text, [](unsigned char c) { return !std::isdigit(c); });
      return text.substr(0, static_cast<std::size_t>(end - text.begin()));
    };
    const std::string_view number_a = digits(a);
    const std::string_view number_b = digits(b);
    if (!number_a.empty() && !number_b.empty()) {
      if (number_a.size() != number_b.size()) return number_a.size() < number_b.size();
      if (number_a != number_b) return number_a < number_b;
      a.remove_prefix(number_a.size());
      b.remove_prefix(number_b.size());
      continue;
    }
    if (a.front() != b.front()) return a.front() < b.front();
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  return a.size() < b.size();
}

std::vector<Module> modules_of(const StateDict& dict) {
  std::map<std::string, Module> by_path;
  for (const auto& [name, entry] : dict.entries) {
    const std::size_t dot = name.rfind('.');
    const std::string path = dot == std::string::npos ? "" : name.substr(0, dot);
    Module& module = by_path[path];
    module.path = path;
    module.tensors[name.substr(dot + 1)] = entry;
  }
  std::vector<Module> modules;
  for (auto& [path, module] : by_path) modules.push_back(std::move(module));
  std::ranges::sort(modules, comes_before, &Module::path);
  return modules;
}

/// The path with every number replaced, so that the layers of one list have the same.
std::string without_numbers(const std::string& path) {
  std::string kind;
  for (const char c : path) {
    if (!std::isdigit(static_cast<unsigned char>(c))) kind += c;
  }
  return kind;
}

bool has_shape(const AnyTensor& tensor, const Shape& shape) {
  if (tensor.shape.size() != static_cast<std::size_t>(shape.rank())) return false;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (tensor.shape[static_cast<std::size_t>(axis)] != static_cast<std::uint64_t>(shape[axis])) {
      return false;
    }
  }
  return true;
}

/// A module of the network: the tensors whose names differ in the last part only.
struct WantedModule {
  std::string path;
  std::map<std::string, const NamedTensor*> tensors;

  bool fits(const Module& module) const {
    return std::ranges::all_of(tensors, [&module](const auto& wanted) {
      const auto found = module.tensors.find(wanted.first);
      return found != module.tensors.end() &&
             has_shape(*found->second.tensor, wanted.second->shape);
    });
  }
};

std::vector<WantedModule> wanted_modules(const std::vector<NamedTensor>& tensors) {
  std::vector<WantedModule> wanted;
  for (const NamedTensor& tensor : tensors) {
    const std::size_t dot = tensor.name.rfind('.');
    const std::string path = tensor.name.substr(0, dot);
    auto module = std::ranges::find(wanted, path, &WantedModule::path);
    if (module == wanted.end()) module = wanted.insert(module, {path, {}});
    module->tensors[tensor.name.substr(dot + 1)] = &tensor;
  }
  return wanted;
}

/// Gives each wanted module the modules in order that fit it, if there are just as many as are
/// wanted of this kind and only numbers tell them apart.
std::optional<Match> match_by_shape(const StateDict& dict,
                                    const std::vector<NamedTensor>& tensors) {
  const std::vector<Module> modules = modules_of(dict);
  const std::vector<WantedModule> wanted = wanted_modules(tensors);
  Match match{.tensors = {}, .by_shape = true};
  std::set<std::string> used;
  for (const WantedModule& want : wanted) {
    std::vector<const Module*> fitting;
    for (const Module& module : modules) {
      if (want.fits(module)) fitting.push_back(&module);
    }
    const auto alike = std::ranges::count_if(wanted, [&](const WantedModule& other) {
      return !fitting.empty() && other.fits(*fitting.front());
    });
    if (fitting.empty() || alike != std::ssize(fitting)) return std::nullopt;
    for (const Module* module : fitting) {
      if (without_numbers(module->path) != without_numbers(fitting.front()->path)) {
        return std::nullopt;
      }
    }
    const auto next = std::ranges::find_if(
        fitting, [&used](const Module* module) { return !used.contains(module->path); });
    if (next == fitting.end()) return std::nullopt;
    used.insert((*next)->path);
    for (const auto& [kind, tensor] : want.tensors) {
      match.tensors[tensor->name] = (*next)->tensors.at(kind);
    }
  }
  return match;
}

/// What is wrong with a tensor of another shape.
Error wrong_shape(const StateDict::Entry& entry, const Shape& shape) {
  const AnyTensor& tensor = *entry.tensor;
  std::string text = "'" + entry.full_name + "' is " + shape_text(tensor.shape) + ", expected " +
                     shape.to_string();
  if (shape.rank() == 2 && has_shape(tensor, {shape[1], shape[0]})) {
    text += ": transposed, since PyTorch's Linear keeps (out_features, in_features)";
  } else if (shape.rank() == 4 && has_shape(tensor, {shape[1], shape[0], shape[2], shape[3]})) {
    text +=
        ": the first two axes are exchanged; Conv2d keeps (out, in, ...), ConvTranspose2d (in, "
        "out, ...)";
  } else if (shape.rank() == 4 && has_shape(tensor, {shape[0], shape[2], shape[3], shape[1]})) {
    text += ": channels are last, and PyTorch's are second";
  }
  return {ErrorCode::shape_mismatch, text};
}

}  // namespace

StateDicts sort_tensors(const TensorFile& file) {
  StateDicts dicts;
  for (const auto& [full_name, tensor] : file.tensors) {
    if (is_whole(tensor.dtype)) continue;
    std::string_view name = full_name;
    drop_wrappers(name);
    StateDict* dict = &dicts.unnamed;
    if (is_one_of(kGenerators, first_part(name))) dict = &dicts.generator;
    if (is_one_of(kAverages, first_part(name))) dict = &dicts.average;
    if (is_one_of(kDiscriminators, first_part(name))) dict = &dicts.discriminator;
    if (dict != &dicts.unnamed) drop_first_part(name);
    drop_wrappers(name);
    dict->entries.emplace(name, StateDict::Entry{full_name, &tensor});
  }
  for (StateDict* dict : {&dicts.generator, &dicts.average, &dicts.discriminator, &dicts.unnamed}) {
    drop_common_parts(*dict);
  }
  return dicts;
}

Result<Match> match_tensors(const StateDict& dict, const std::vector<NamedTensor>& tensors,
                            const std::string& network) {
  Match match;
  std::optional<Error> error;
  for (const NamedTensor& wanted : tensors) {
    const auto found = dict.entries.find(wanted.name);
    if (found == dict.entries.end()) {
      error = Error{ErrorCode::missing_tensor, "the " + network + " needs a tensor " + wanted.name +
                                                   " of shape " + wanted.shape.to_string() +
                                                   ", and no tensor of the file is clearly it"};
      break;
    }
    if (!has_shape(*found->second.tensor, wanted.shape)) {
      error = wrong_shape(found->second, wanted.shape);
      break;
    }
    match.tensors[wanted.name] = found->second;
  }
  if (!error) return match;
  if (auto by_shape = match_by_shape(dict, tensors)) return *std::move(by_shape);
  return *std::move(error);
}

}  // namespace ganvas
