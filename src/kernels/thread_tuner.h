// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Finds how many threads of a pool pay. Beside other programs, and on slow cores beside fast ones,
// a loop waits for threads that do not run, and several threads can be slower than one. So the time
// of like pieces of work (training steps) is measured with half and with twice as many threads
// after the present number, at the beginning and now and then. Results do not depend on it.
#pragma once

#include <chrono>

#include "kernels/thread_pool.h"

namespace ganvas {

class ThreadTuner {
 public:
  /// Begins with all threads of the pool, but for those that would have no processor of their own.
  explicit ThreadTuner(ThreadPool& pool, int processors = ThreadPool::processors());

  /// How many threads the next step should have.
  int threads() const { return threads_; }

  /// Calls step() and returns its result. All steps should be about the same amount of work.
  template <typename Step>
  auto measure(const Step& step) {
    if (pool_.threads() == 1) return step();
    // Another tuner may have chosen for other work.
    if (pool_.active_threads() != threads_) pool_.set_active_threads(threads_);
    const auto start = std::chrono::steady_clock::now();
    auto result = step();
    step_took(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return result;
  }

  /// A step took `seconds` with threads().
  void step_took(double seconds);

 private:
  /// Steps with one number of threads.
  struct Stretch {
    int threads = 0;
    double seconds = 0;
    int steps = 0;
    double seconds_per_step() const { return seconds / steps; }
    void add(const Stretch& other) {
      seconds += other.seconds;
      steps += other.steps;
    }
  };

  void end_block(const Stretch& block);
  void start_trial();
  void end_trial_block(const Stretch& block);
  void end_trial();

  ThreadPool& pool_;
  int most_threads_;
  int threads_;
  Stretch block_;
  // While a trial runs, its two sides; otherwise present_ is the last trial's winner.
  Stretch present_;
  Stretch rival_;
  int blocks_ = 0;  // of this trial
  int slow_blocks_ = 0;
  double seconds_since_trial_ = 0;
  double seconds_until_trial_ = 0;
  double times_between_trials_;
  bool is_trial_ = false;
  bool tries_more_ = false;
};

}  // namespace ganvas
