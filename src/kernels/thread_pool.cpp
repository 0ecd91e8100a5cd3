// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The pool's worker loop: spin, then sleep on a condition variable; see thread_pool.h.
#include "kernels/thread_pool.h"

#if defined(GANVAS_THREADS)
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace ganvas {
namespace {

// Some tens of microseconds: longer than the serial stretches inside a step, shorter than anyone
// notices.
constexpr int kSpins = 4000;

void pause_briefly() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

ThreadPool::ThreadPool(int threads) : threads_(std::max(threads, 1)) {
  for (int part = 1; part < threads_; ++part) {
    workers_.emplace_back([this, part] { worker_main(part); });
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::lock_guard lock(mutex_);
    stopping_.store(true);
    generation_.fetch_add(1);
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadPool::run(const Loop& loop) {
  loop_ = loop;
  unfinished_.store(threads_ - 1, std::memory_order_relaxed);
  generation_.fetch_add(1);  // publishes loop_
  if (sleepers_.load() > 0) {
    // Taking the lock orders this notification after a sleeper's last look at generation_.
    {
      const std::lock_guard lock(mutex_);
    }
    wake_.notify_all();
  }
  loop.run_part(0);
  for (int spins = 0; unfinished_.load(std::memory_order_acquire) > 0; ++spins) {
    if (spins < kSpins) {
      pause_briefly();
    } else {
      std::this_thread::yield();
    }
  }
}

void ThreadPool::worker_main(int part) {
  unsigned seen = 0;
  while (true) {
    for (int spins = 0; generation_.load() == seen && spins < kSpins; ++spins) pause_briefly();
    if (generation_.load() == seen) {
      std::unique_lock lock(mutex_);
      sleepers_.fetch_add(1);
      wake_.wait(lock, [&] { return generation_.load() != seen; });
      sleepers_.fetch_sub(1);
    }
    if (stopping_.load()) return;
    // Every worker takes part in every generation, if only to count itself done, so none can be
    // missed.
    ++seen;
    if (part < loop_.parts) loop_.run_part(part);
    unfinished_.fetch_sub(1, std::memory_order_release);
  }
}

}  // namespace ganvas

#else

namespace ganvas {

ThreadPool::ThreadPool(int) : threads_(1) {}
ThreadPool::~ThreadPool() = default;
void ThreadPool::run(const Loop& loop) {
  for (int part = 0; part < loop.parts; ++part) loop.run_part(part);
}

}  // namespace ganvas

#endif
