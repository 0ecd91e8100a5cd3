// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What happens on signals that ask a process to stop. Libraries of MPI take some for themselves as
// soon as they are loaded: UCX takes the hangup for its debugger, even if nohup has it ignored.
// Only in builds with GANVAS_MPI.
#pragma once

namespace ganvas {

/// Restores what each signal did when the process was started.
void restore_signal_actions();

}  // namespace ganvas
