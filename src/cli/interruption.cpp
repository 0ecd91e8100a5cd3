// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Signal handlers that set a flag; see interruption.h.
#include "cli/interruption.h"

#include <csignal>

namespace ganvas::cli {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t stop_requested = 0;

void request_stop(int) {
  stop_requested = 1;
  // A second signal ends the process without waiting for the checkpoint to be written.
  for (const int number : kSignals) std::signal(number, SIG_DFL);
}

/// SIGPIPE keeps this handler: every further write to the closed pipe raises it again, and it must
/// not end the process before the checkpoint is written.
void request_stop_writing(int) {
  stop_requested = 1;
}

void handle(int number, void (*handler)(int)) {
  struct sigaction present{};
  sigaction(number, nullptr, &present);
  if (present.sa_handler == SIG_IGN) return;
  struct sigaction action{};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

Interruption::Interruption() {
  stop_requested = 0;
  for (const int number : kSignals) handle(number, request_stop);
  handle(SIGPIPE, request_stop_writing);
}

Interruption::~Interruption() {
  for (const int number : kSignals) handle(number, SIG_DFL);
  handle(SIGPIPE, SIG_DFL);
}

bool Interruption::requested() const {
  return stop_requested != 0;
}

}  // namespace ganvas::cli
