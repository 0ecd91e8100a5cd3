// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The choice of the number of threads, on simulated machines: a function gives the seconds of a
// step for a number of threads and a time.
#include "kernels/thread_tuner.h"

#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <functional>

using ganvas::ThreadPool;
using ganvas::ThreadTuner;

namespace {

using Machine = std::function<double(int threads, double now)>;

struct Run {
  ThreadPool pool;
  ThreadTuner tuner;
  double now = 0;

  explicit Run(int threads) : Run(threads, /*processors=*/threads) {}
  Run(int threads, int processors) : pool(threads), tuner(pool, processors) {}

  /// Steps in so many seconds.
  int train(double seconds, const Machine& machine) {
    int steps = 0;
    for (const double end = now + seconds; now < end; ++steps) {
      const double took = machine(tuner.threads(), now);
      tuner.step_took(took);
      now += took;
    }
    return steps;
  }
};

}  // namespace

#if defined(GANVAS_THREADS)

TEST_CASE("All threads are used from the first step on", "[threads]") {
  CHECK(Run(2).tuner.threads() == 2);
  CHECK(Run(7).tuner.threads() == 7);
}

TEST_CASE("Threads without a processor of their own take no part", "[threads]") {
  Run run(4, /*processors=*/2);
  CHECK(run.tuner.threads() == 2);
  // They would win each trial.
  run.train(60, [](int threads, double) { return 0.004 / threads; });
  CHECK(run.tuner.threads() == 2);
  CHECK(Run(4, /*processors=*/1).tuner.threads() == 1);
  CHECK(Run(4, /*processors=*/0).tuner.threads() == 4);
}

TEST_CASE("Threads that pay are kept, and trials of fewer cost little", "[threads]") {
  Run run(2);
  const int steps =
      run.train(60, [](int threads, double) { return threads == 2 ? 0.001 : 0.0016; });
  CHECK(run.tuner.threads() == 2);
  CHECK(steps > 0.98 * 60 / 0.001);
}

TEST_CASE("Threads that slow down training are left out within half a second", "[threads]") {
  const Machine busy = [](int threads, double) { return threads == 2 ? 0.003 : 0.002; };
  Run run(2);
  run.train(0.5, busy);
  CHECK(run.tuner.threads() == 1);
  const int steps = run.train(60, busy);
  CHECK(steps > 0.97 * 60 / 0.002);
}

TEST_CASE("One thread that other programs hold up is not tried against two each time",
          "[threads]") {
  double seconds_of_two = 0;
  const Machine busy = [&](int threads, double now) {
    const double took = (threads == 2 ? 0.003 : 0.002) * (std::fmod(now, 0.5) < 0.1 ? 2 : 1);
    if (threads == 2) seconds_of_two += took;
    return took;
  };
  Run run(2);
  run.train(0.5, busy);
  seconds_of_two = 0;
  run.train(60, busy);
  CHECK(run.tuner.threads() == 1);
  CHECK(seconds_of_two < 0.06 * 60);
}

TEST_CASE("A machine that becomes busy, and free again, is noticed within seconds", "[threads]") {
  const Machine changing = [](int threads, double now) {
    const bool is_busy = now > 20 && now < 40;
    if (threads == 1) return 0.002;
    return is_busy ? 0.004 : 0.0012;
  };
  Run run(2);
  run.train(20, changing);
  CHECK(run.tuner.threads() == 2);
  run.train(2, changing);
  CHECK(run.tuner.threads() == 1);
  run.train(18, changing);
  CHECK(run.tuner.threads() == 1);
  run.train(5, changing);
  CHECK(run.tuner.threads() == 2);
}

TEST_CASE("Threads that slept are given a moment to spread over the processors", "[threads]") {
  Run run(2);
  bool is_busy = true;
  double began = 0;  // with two threads
  int before = 0;
  const Machine machine = [&](int threads, double now) {
    if (threads == 2 && before != 2) began = now;
    before = threads;
    if (threads == 1) return 0.002;
    return is_busy || now - began < 0.03 ? 0.004 : 0.0012;
  };
  run.train(1, machine);
  CHECK(run.tuner.threads() == 1);
  is_busy = false;
  run.train(5, machine);
  CHECK(run.tuner.threads() == 2);
}

TEST_CASE("A first trial that was wrong is repeated soon", "[threads]") {
  Run run(2);
  const auto train = [&](double seconds) {
    return run.train(seconds, [&](int threads, double now) {
      if (threads == 1) return 0.002;
      return now < 0.2 ? 0.004 : 0.0012;
    });
  };
  train(0.25);
  CHECK(run.tuner.threads() == 1);
  train(0.75);
  CHECK(run.tuner.threads() == 2);
}

TEST_CASE("The best of many thread counts is found step by step", "[threads]") {
  for (const int best : {1, 2, 4, 8}) {
    Run run(8);
    double seconds_at_best = 0;
    // The further from the best, the slower.
    const Machine machine = [&](int threads, double) {
      const double took =
          0.001 * (threads > best ? double(threads) / best : double(best) / threads);
      if (threads == best) seconds_at_best += took;
      return took;
    };
    run.train(1, machine);
    seconds_at_best = 0;
    run.train(20, machine);
    CHECK(seconds_at_best > 0.93 * 20);
  }
}

TEST_CASE("Steps of seconds are tried in turn as well, and rarely", "[threads]") {
  Run run(2);
  const int steps = run.train(600, [](int threads, double) { return threads == 2 ? 1.0 : 2.0; });
  CHECK(steps > 0.93 * 600);
}

TEST_CASE("Noise does not change the number of threads", "[threads]") {
  Run run(2);
  unsigned state = 1;
  int changes = 0;
  const int steps = run.train(60, [&](int threads, double) {
    state = state * 1664525 + 1013904223;
    const double noise = 0.9 + 0.2 * (state >> 8) / double(1 << 24);
    if (threads == 1) ++changes;
    return (threads == 2 ? 0.005 : 0.006) * noise;
  });
  CHECK(run.tuner.threads() == 2);
  CHECK(changes < 0.1 * steps);
}

#endif

TEST_CASE("measure() runs the step once with the chosen threads and gives its result",
          "[threads]") {
  ThreadPool pool(4);
  ThreadTuner tuner(pool, /*processors=*/4);
  pool.set_active_threads(1);
  int calls = 0;
  const int result = tuner.measure([&] {
    ++calls;
    CHECK(pool.active_threads() == pool.threads());
    return 42;
  });
  CHECK(result == 42);
  CHECK(calls == 1);
}
