// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Changes one node of RapidJSON's tree; see json_mutator.h.
#include "json_mutator.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "fuzz.h"
#include "io/json.h"

namespace ganvas::fuzz {
namespace {

constexpr std::size_t kMaxDepth = 100;  // the writer needs stack for each

std::size_t below(std::mt19937& random, std::size_t end) {
  return random() % end;
}

/// All values of a document; none if they are nested too deeply.
std::vector<Json*> nodes_of(Json& root) {
  std::vector<Json*> nodes{&root};
  std::vector<std::size_t> depths{0};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (depths[i] > kMaxDepth) return {};
    Json& node = *nodes[i];
    if (node.IsObject()) {
      for (auto& member : node.GetObject()) nodes.push_back(&member.value);
    } else if (node.IsArray()) {
      for (Json& item : node.GetArray()) nodes.push_back(&item);
    }
    depths.resize(nodes.size(), depths[i] + 1);
  }
  return nodes;
}

Json some_number(std::mt19937& random) {
  constexpr std::array<std::uint64_t, 13> kWhole{
      0, 1, 2, 3, 16, 17, 255, 1 << 16, 1 << 24, 0x7fffffff, 0xffffffff, 1ULL << 40, ~0ULL};
  constexpr std::array<double, 6> kOthers{-1, 0.5, -0.0, 1e-320, 1e308, -9.3e18};
  const std::size_t i = below(random, kWhole.size() + kOthers.size());
  return i < kWhole.size() ? Json(kWhole[i]) : Json(kOthers[i - kWhole.size()]);
}

Json some_word(std::mt19937& random, JsonDocument& document) {
  constexpr std::array<const char*, 24> kWords{
      "F16",        "F32",        "F64",     "BF16",    "I64",        "seed",
      "toy2d",      "adam",       "sgd",     "linear",  "tanh",       "sigmoid",
      "conv2d",     "flatten",    "reshape", "bce",     "hinge",      "wgan",
      "leaky_relu", "batch_norm", "",        "dropout", "max_pool2d", "class_concat"};
  return Json(kWords[below(random, kWords.size())], document.GetAllocator());
}

void change_node(Json& node, const Json& other, JsonDocument& document, std::mt19937& random) {
  auto& memory = document.GetAllocator();
  switch (below(random, 8)) {
    case 0:
      node = some_number(random);
      return;
    case 1:
      node = some_word(random, document);
      return;
    case 2:
      node = Json(static_cast<rapidjson::Type>(below(random, 5)));  // null, a bool, {} or []
      return;
    case 3:
      node = Json(other, memory);
      return;
    default:
      break;
  }
  if (node.IsObject() && node.MemberCount() > 0) {
    const auto member =
        node.MemberBegin() + static_cast<std::ptrdiff_t>(below(random, node.MemberCount()));
    if (below(random, 2) == 0) {
      node.RemoveMember(member);
    } else {
      node.AddMember(Json(member->name, memory), Json(other, memory), memory);
    }
  } else if (node.IsArray() && node.Size() > 0) {
    Json& item = node[static_cast<rapidjson::SizeType>(below(random, node.Size()))];
    if (below(random, 2) == 0) {
      node.Erase(&item);
    } else {
      node.PushBack(Json(item, memory), memory);
    }
  } else if (node.IsUint64()) {
    node.SetUint64(node.GetUint64() + below(random, 3) - 1);
  } else if (node.IsString()) {
    const std::string changed = change_bytes(as_string_view(node));
    node.SetString(changed.data(), static_cast<rapidjson::SizeType>(changed.size()), memory);
  } else {
    node = some_number(random);
  }
}

}  // namespace

std::string change_json(std::string_view text, std::mt19937& random) {
  std::optional<JsonDocument> document = parse_json(text);
  if (!document) return std::string(text);
  const std::vector<Json*> nodes = nodes_of(*document);
  if (nodes.empty()) return std::string(text);
  // A copy, since the other value can lie inside of the one that is changed, or around it.
  const Json other(*nodes[below(random, nodes.size())], document->GetAllocator());
  change_node(*nodes[below(random, nodes.size())], other, *document, random);
  JsonText out;
  JsonWriter writer(out);
  document->Accept(writer);
  return {out.GetString(), out.GetSize()};
}

std::string change_bytes(std::string_view text) {
  constexpr std::size_t kMore = 64;
  std::string changed(text);
  changed.resize(text.size() + kMore);
  changed.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(changed.data()), text.size(),
                                  changed.size()));
  return changed;
}

}  // namespace ganvas::fuzz
