// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Reads the actions before any library runs; see signal_actions.h.
#include "distributed/signal_actions.h"

#include <signal.h>

#include <array>
#include <cstddef>

namespace ganvas {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGPIPE};
std::array<struct sigaction, kSignals.size()> first_actions;

void remember_actions() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &first_actions[i]);
  }
}

// The loader calls these functions of a program before it initialises libraries.
[[gnu::section(".preinit_array"), gnu::used]] void (*const before_libraries)() = remember_actions;

}  // namespace

void restore_signal_actions() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], &first_actions[i], nullptr);
  }
}

}  // namespace ganvas
