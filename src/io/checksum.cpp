// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Hashes a model file; see checksum.h.
#include "io/checksum.h"

// The smallest code that xxHash has: XXH32 inline, optimised for size.
#define XXH_INLINE_ALL
#define XXH_NO_LONG_LONG
#define XXH_NO_STREAM
#define XXH_SIZE_OPT 2
#include <xxhash.h>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string_view>

namespace ganvas {
namespace {

static_assert(offsetof(TensorView, bytes) == 6 * sizeof(std::uint32_t));

std::uint32_t hash_of(const std::string& text, std::uint32_t seed = 0) {
  return XXH32(text.data(), text.size(), seed);
}

}  // namespace

std::string checksum_of(const SafetensorsFile& file) {
  std::uint32_t sum = 0;
  for (const auto& [key, value] : file.metadata()) {
    if (key != kChecksumKey) sum += hash_of(value, hash_of(key));
  }
  for (const auto& [name, tensor] : file.tensors()) {
    const std::uint32_t described = XXH32(&tensor, offsetof(TensorView, bytes), hash_of(name));
    sum += XXH32(tensor.bytes.data(), tensor.bytes.size(), described);
  }
  std::string text = kNoChecksum;
  for (char& digit : text) {
    digit = "0123456789abcdef"[sum >> 28];
    sum <<= 4;
  }
  return text;
}

void set_checksum(std::vector<std::uint8_t>& bytes) {
  const SafetensorsFile file = SafetensorsFile::parse(bytes).value();
  const std::string checksum = checksum_of(file);
  const std::string& former = *file.metadata(kChecksumKey);
  const auto place = std::search(bytes.begin(), bytes.end(), former.begin(), former.end());
  assert(place != bytes.end());
  std::copy(checksum.begin(), checksum.end(), place);
}

Status check_checksum(const SafetensorsFile& file) {
  const std::string* checksum = file.metadata(kChecksumKey);
  if (!checksum || *checksum == checksum_of(file)) return {};
  return checksum_mismatch();
}

Error checksum_mismatch() {
  return {ErrorCode::checksum_mismatch,
          "damaged, or changed by another program; to use it as it is, remove ganvas.checksum from "
          "its metadata"};
}

}  // namespace ganvas
