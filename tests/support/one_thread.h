// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A pool of one thread, for tests in which it does not matter who computes.
#pragma once

#include "kernels/thread_pool.h"

namespace ganvas::test {

inline ThreadPool& pool() {
  static ThreadPool one_thread(1);
  return one_thread;
}

}  // namespace ganvas::test
