// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The checksum in a model file's metadata tells a damaged file from a whole one. It is the sum,
// modulo 2^32, of a hash of each entry of the header, so it does not depend on their order. A hash
// is a chain of XXH32, each seeded with the one before, from 0: over key and value of all other
// metadata; over name, description and bytes of each tensor. The description is six 32-bit numbers:
// dtype (0: F16, 1: F32, 2: F64, 3: BF16), four extents (0 where there are none), and their number.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "io/safetensors.h"

namespace ganvas {

inline constexpr const char* kChecksumKey = "ganvas.checksum";
/// Takes the checksum's place while it is not known.
inline constexpr const char* kNoChecksum = "00000000";

/// 8 hexadecimal digits.
std::string checksum_of(const SafetensorsFile& file);

/// Writes the checksum of a file into it, in the place of the one that it has, or of kNoChecksum.
void set_checksum(std::vector<std::uint8_t>& bytes);

/// Errors: checksum_mismatch. Older files and those of other programs have none to compare.
Status check_checksum(const SafetensorsFile& file);

/// The error of a file that has another checksum than its contents.
Error checksum_mismatch();

}  // namespace ganvas
