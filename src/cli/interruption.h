// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Handling of requests to stop: Ctrl-C, kill, a closed terminal, or a closed output pipe.
#pragma once

namespace ganvas::cli {

/// While an instance exists, the first signal makes requested() true; the second one ends the
/// process. Signals that were already ignored (nohup, background jobs) stay ignored. Only one
/// instance can exist at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool requested() const;
};

}  // namespace ganvas::cli
