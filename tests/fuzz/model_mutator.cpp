// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The mutator of targets whose input is a safetensors file: it changes the header as JSON, the
// config inside of it, or the data, and keeps the header's length and the checksum right, without
// which no reader would look any further.
#include <algorithm>
#include <cstring>
#include <optional>

#include "fuzz.h"
#include "io/checksum.h"
#include "io/json.h"
#include "json_mutator.h"

namespace ganvas::fuzz {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr const char* kConfigKey = "ganvas.config";

struct Model {
  std::string header;
  Bytes data;
};

std::optional<Model> split(std::span<const std::uint8_t> file) {
  std::uint64_t length = 0;
  if (file.size() < kLengthBytes) return std::nullopt;
  std::memcpy(&length, file.data(), kLengthBytes);
  if (length > file.size() - kLengthBytes) return std::nullopt;
  const auto header = file.subspan(kLengthBytes, static_cast<std::size_t>(length));
  const auto data = file.subspan(kLengthBytes + header.size());
  return Model{{header.begin(), header.end()}, {data.begin(), data.end()}};
}

/// Changes the config that is a text in the header.
std::string change_config(const std::string& header, std::mt19937& random) {
  constexpr std::ptrdiff_t kMaxDepth = 1000;  // the writer needs stack for each
  if (std::ranges::count(header, '[') + std::ranges::count(header, '{') > kMaxDepth) return header;
  std::optional<JsonDocument> json = parse_json(header);
  if (!json || !json->IsObject() || !json->HasMember("__metadata__")) return header;
  Json& metadata = (*json)["__metadata__"];
  if (!metadata.IsObject() || !metadata.HasMember(kConfigKey)) return header;
  Json& config = metadata[kConfigKey];
  if (!config.IsString()) return header;
  const std::string changed = change_json(as_string_view(config), random);
  config.SetString(changed.data(), static_cast<rapidjson::SizeType>(changed.size()),
                   json->GetAllocator());
  JsonText out;
  JsonWriter writer(out);
  json->Accept(writer);
  return {out.GetString(), out.GetSize()};
}

Bytes change_data(const Bytes& data) {
  const std::string changed =
      change_bytes({reinterpret_cast<const char*>(data.data()), data.size()});
  return {changed.begin(), changed.end()};
}

Bytes join(const Model& model) {
  const std::uint64_t length = model.header.size();
  Bytes file(kLengthBytes);
  std::memcpy(file.data(), &length, kLengthBytes);
  file.insert(file.end(), model.header.begin(), model.header.end());
  file.insert(file.end(), model.data.begin(), model.data.end());
  return file;
}

/// Puts the right checksum where there is one.
void mend_checksum(Bytes& file) {
  const auto parsed = SafetensorsFile::parse(file);
  const std::string* stored = parsed ? parsed.value().metadata(kChecksumKey) : nullptr;
  if (!stored || stored->size() != std::strlen(kNoChecksum)) return;
  const std::string right = checksum_of(parsed.value());
  const auto place = std::search(file.begin(), file.end(), stored->begin(), stored->end());
  if (place != file.end()) std::ranges::copy(right, place);
}

}  // namespace
}  // namespace ganvas::fuzz

using namespace ganvas::fuzz;

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  std::mt19937 random(seed);
  std::optional<Model> model = split({data, size});
  const unsigned what = random() % 10;
  if (!model || what == 0) return LLVMFuzzerMutate(data, size, max_size);
  if (what == 1) {
    model->header = change_bytes(model->header);
  } else if (what <= 3) {
    model->data = change_data(model->data);
  } else if (what <= 6) {
    model->header = change_config(model->header, random);
  } else {
    model->header = change_json(model->header, random);
  }
  Bytes file = join(*model);
  if (random() % 8 != 0) mend_checksum(file);
  file.resize(std::min(file.size(), max_size));
  std::ranges::copy(file, data);
  return file.size();
}
