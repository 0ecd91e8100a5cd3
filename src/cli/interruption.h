// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Being asked to stop: Ctrl-C, a closed terminal, kill, or nobody reading our output any more.
#pragma once

namespace ganvas::cli {

/// While one lives, the first such signal only makes requested() true; the next one ends the
/// process as usual. Signals that were ignored when it was made (nohup, a shell's background jobs)
/// stay ignored. One at a time.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool requested() const;
};

}  // namespace ganvas::cli
