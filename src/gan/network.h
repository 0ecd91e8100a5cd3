// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The two networks of a GAN, and their names in configs, checkpoints and messages.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/fields.h"

namespace ganvas {

/// The numbers select random streams and so determine the values that a seed gives: never renumber.
enum class Network : std::uint32_t { generator = 0, discriminator = 1 };
template <>
inline constexpr std::array<std::string_view, 2> kEnumNames<Network>{"generator", "discriminator"};

constexpr Network other_network(Network network) {
  return network == Network::generator ? Network::discriminator : Network::generator;
}

}  // namespace ganvas
