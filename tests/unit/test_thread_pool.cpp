// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The thread pool: coverage of ranges, grain, consecutive loops, sleeping workers, and destruction
// in any state. Many of these tests are mainly for ThreadSanitizer.
#include "kernels/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "kernels/elementwise.h"

using ganvas::ThreadPool;

namespace {

#if defined(GANVAS_THREADS)
constexpr int kMostThreads = 8;
#else
constexpr int kMostThreads = 1;
#endif

/// A pool cuts a loop into at most two parts per thread; one thread runs it whole.
int most_parts(const ThreadPool& pool) {
  return pool.threads() == 1 ? 1 : 2 * pool.threads();
}

// Longer than workers spin before they sleep.
void let_workers_sleep() {
  if (kMostThreads > 1) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

using Ranges = std::vector<std::pair<int, int>>;

/// The ranges of one loop in ascending order.
Ranges ranges_of(ThreadPool& pool, int count, int grain) {
  std::mutex mutex;
  Ranges ranges;
  pool.parallel_for(count, grain, [&](int begin, int end) {
    const std::lock_guard lock(mutex);
    ranges.emplace_back(begin, end);
  });
  std::sort(ranges.begin(), ranges.end());
  return ranges;
}

}  // namespace

TEST_CASE("A pool has the requested number of threads, and at least one", "[threads]") {
  for (const int requested : {-1, 0, 1, 2, 3, 8}) {
    const ThreadPool pool(requested);
    CHECK(pool.threads() == std::clamp(requested, 1, kMostThreads));
  }
}

TEST_CASE("Ranges cover every index once and are not shorter than the grain", "[threads]") {
  for (int threads = 1; threads <= 8; ++threads) {
    ThreadPool pool(threads);
    for (int count = 0; count <= 40; ++count) {
      for (const int grain : {-1, 0, 1, 2, 3, 7, 16, 41}) {
        INFO(threads << " threads, " << count << " items, grain " << grain);
        const Ranges ranges = ranges_of(pool, count, grain);
        int next = 0;
        for (const auto& [begin, end] : ranges) {
          REQUIRE(begin == next);
          REQUIRE(end > begin);
          if (ranges.size() > 1) REQUIRE(end - begin >= grain);
          next = end;
        }
        REQUIRE(next == count);
        REQUIRE(int(ranges.size()) <= most_parts(pool));
      }
    }
  }
}

TEST_CASE("A loop with enough work is shared evenly by all threads", "[threads]") {
  for (int threads = 1; threads <= kMostThreads; ++threads) {
    ThreadPool pool(threads);
    const Ranges ranges = ranges_of(pool, 1000, 1);
    const int parts = int(ranges.size());
    REQUIRE(parts % threads == 0);
    for (const auto& [begin, end] : ranges) {
      CHECK(end - begin >= 1000 / parts);
      CHECK(end - begin <= 1000 / parts + 1);
    }
  }
}

TEST_CASE("Ranges of a very long loop do not overflow", "[threads]") {
  ThreadPool pool(std::min(7, kMostThreads));
  constexpr int kCount = 2'147'483'647;
  const Ranges ranges = ranges_of(pool, kCount, 1);
  CHECK(ranges.front().first == 0);
  CHECK(ranges.back().second == kCount);
  for (std::size_t i = 1; i < ranges.size(); ++i) CHECK(ranges[i].first == ranges[i - 1].second);
}

TEST_CASE("All threads work on a loop at the same time", "[threads]") {
  ThreadPool pool(kMostThreads);
  for (int round = 0; round < 20; ++round) {
    std::atomic<int> running{0};
    // Each range waits until all others have started, which requires one thread per range.
    pool.parallel_for(pool.threads(), 1, [&](int, int) {
      ++running;
      while (running < pool.threads()) std::this_thread::yield();
    });
    CHECK(running == pool.threads());
  }
}

TEST_CASE("parallel_for returns when the loop is complete and its writes are visible",
          "[threads]") {
  for (const int threads : {1, 2, 3, 4}) {
    ThreadPool pool(threads);
    constexpr int kRounds = 1000;
    std::vector<int> values(64, 0);
    // Consecutive loops of every size, some with fewer ranges than threads.
    for (int round = 0; round < kRounds; ++round) {
      const int count = 1 + round % 64;
      pool.parallel_for(count, 1 + round % 5, [&](int begin, int end) {
        for (int i = begin; i < end; ++i) ++values[std::size_t(i)];
      });
    }
    long long sum = 0;
    for (const int value : values) sum += value;
    long long expected = 0;
    for (int round = 0; round < kRounds; ++round) expected += 1 + round % 64;
    CHECK(sum == expected);
  }
}

TEST_CASE("Sleeping workers wake for the next loop", "[threads]") {
  for (const int threads : {2, 4}) {
    ThreadPool pool(threads);
    std::atomic<int> sum{0};
    for (int round = 0; round < 10; ++round) {
      let_workers_sleep();
      pool.parallel_for(100, 1, [&](int begin, int end) { sum += end - begin; });
    }
    CHECK(sum == 1000);
  }
}

TEST_CASE("Threads that are not active leave loops alone, and come back", "[threads]") {
  ThreadPool pool(kMostThreads);
  const auto threads_of_loops = [&] {
    std::mutex mutex;
    std::set<std::thread::id> ids;
    for (int round = 0; round < 200; ++round) {
      pool.parallel_for(64, 1, [&](int, int) {
        const std::lock_guard lock(mutex);
        ids.insert(std::this_thread::get_id());
      });
    }
    return int(ids.size());
  };
  for (const int active : {1, 2, 3, 8, 1, 8}) {
    pool.set_active_threads(active);
    CHECK(pool.active_threads() == std::min(active, kMostThreads));
    let_workers_sleep();
    CHECK(threads_of_loops() <= pool.active_threads());
  }
  // All of them, or the loop would not end.
  std::atomic<int> running{0};
  pool.parallel_for(pool.threads(), 1, [&](int, int) {
    ++running;
    while (running < pool.threads()) std::this_thread::yield();
  });
  CHECK(running == pool.threads());
}

TEST_CASE("A pool can be destroyed unused, just after use, or with sleeping workers", "[threads]") {
  std::atomic<int> sum{0};
  for (int round = 0; round < 50; ++round) {
    const ThreadPool unused(3);
    ThreadPool used(3);
    used.parallel_for(30, 1, [&](int begin, int end) { sum += end - begin; });
    if (round % 10 == 0) {
      ThreadPool asleep(3);
      asleep.parallel_for(30, 1, [&](int begin, int end) { sum += end - begin; });
      let_workers_sleep();
    }
  }
  CHECK(sum == 30 * 55);
}

TEST_CASE("Several pools can be used in turn", "[threads]") {
  ThreadPool first(2);
  ThreadPool second(3);
  std::atomic<int> sum{0};
  for (int round = 0; round < 200; ++round) {
    first.parallel_for(10, 1, [&](int begin, int end) { sum += end - begin; });
    second.parallel_for(10, 1, [&](int begin, int end) { sum += end - begin; });
  }
  CHECK(sum == 4000);
}

TEST_CASE("Element-wise ranges are split at multiples of 16 elements", "[threads]") {
  ThreadPool pool(std::min(3, kMostThreads));
  for (const std::size_t size : {std::size_t{0}, std::size_t{16}, std::size_t{8192 * 3 + 16}}) {
    std::mutex mutex;
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    ganvas::for_each_range(size, pool, [&](std::size_t begin, std::size_t end) {
      const std::lock_guard lock(mutex);
      ranges.emplace_back(begin, end);
    });
    std::sort(ranges.begin(), ranges.end());
    std::size_t next = 0;
    for (const auto& [begin, end] : ranges) {
      CHECK(begin == next);
      CHECK(begin % 16 == 0);
      CHECK(end % 16 == 0);
      next = end;
    }
    CHECK(next == size);
    CHECK(ranges.size() == std::min<std::size_t>(size / 8192 + (size > 0 && size < 8192),
                                                 std::size_t(most_parts(pool))));
  }
}
