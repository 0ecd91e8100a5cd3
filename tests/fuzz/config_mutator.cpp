// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The mutator of targets whose input is JSON.
#include <algorithm>

#include "fuzz.h"
#include "json_mutator.h"

using namespace ganvas::fuzz;

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max_size, unsigned seed) {
  std::mt19937 random(seed);
  constexpr unsigned kBytesOneIn = 4;
  if (random() % kBytesOneIn == 0) return LLVMFuzzerMutate(data, size, max_size);
  const std::string changed =
      change_json({reinterpret_cast<const char*>(data), size}, random).substr(0, max_size);
  std::ranges::copy(changed, data);
  return changed.size();
}
