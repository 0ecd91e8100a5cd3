// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// A fixed thread pool for data-parallel loops. parallel_for() splits a range into contiguous parts,
// a few per thread. Kernels give it ranges of output elements, each summed by one thread in a fixed
// order, so results do not depend on the thread count. Any free thread takes the next part, so that
// no part waits for a thread that is not scheduled, and fast cores take more parts than slow ones.
// Workers spin briefly before they sleep, because a training step is a dozen loops within a
// millisecond. A pool belongs to one thread: parallel_for() must not be called concurrently or from
// inside itself.
#pragma once

#include <algorithm>
#include <atomic>
#include <type_traits>

#if defined(GANVAS_THREADS)
#include <pthread.h>

#include <cstdint>
#include <vector>
#endif

namespace ganvas {

class ThreadPool {
 public:
  /// `threads` includes the calling thread; builds without threads always use one.
  explicit ThreadPool(int threads);
  ~ThreadPool();
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

#if defined(GANVAS_THREADS)
  int threads() const { return threads_; }
  /// How many of the threads take part in loops: all at first. The others sleep.
  int active_threads() const { return active_threads_.load(std::memory_order_relaxed); }
#else
  static constexpr int threads() { return 1; }
  static constexpr int active_threads() { return 1; }
#endif
  /// Processors of this machine, or 0 where that is not known.
  static int processors();
  /// `count` is 1 to threads().
  void set_active_threads(int count);

  /// Calls work(begin, end) on contiguous ranges that cover [0, count), none shorter than `grain`
  /// unless it is the only one. Returns when all calls have finished.
  template <typename Work>
  void parallel_for(int count, int grain, const Work& work) {
    const int threads = active_threads();
    const int parts = std::clamp(count / std::max(grain, 1), 1, threads * kPartsPerThread);
    if (threads == 1 || parts == 1) {
      if (count > 0) work(0, count);
      return;
    }
    run({[](const void* context, int begin, int end) {
           (*static_cast<const Work*>(context))(begin, end);
         },
         &work, count, parts});
  }

 private:
  struct Loop {
    void (*call)(const void* context, int begin, int end) = nullptr;
    const void* context = nullptr;
    int count = 0;
    int parts = 0;

    void run_part(int part) const {
      const auto bound = [&](int p) {
        return static_cast<int>(static_cast<long long>(count) * p / parts);
      };
      call(context, bound(part), bound(part + 1));
    }
  };

  // More are finer than needed for even shares, and each costs the kernels some reuse of caches.
  static constexpr int kPartsPerThread = 2;

  void run(const Loop& loop);

#if defined(GANVAS_THREADS)
  /// The remaining parts of the current loop, in one word: a part is taken with one
  /// compare-exchange, which fails if the loop has ended.
  struct alignas(std::uint64_t) Ticket {
    std::uint32_t loop_number;
    std::uint16_t parts;
    std::uint16_t next_part;
  };
  static_assert(std::atomic<Ticket>::is_always_lock_free);

  void worker_main();
  bool run_next_part();
  bool has_parts_left() const;

  int threads_;
  Loop loop_;
  std::atomic<Ticket> ticket_{Ticket{0, 0, 0}};
  std::atomic<int> finished_parts_{0};
  std::atomic<bool> stopping_{false};
  std::atomic<int> sleepers_{0};  // without those who are not active
  std::atomic<int> active_threads_;
  std::atomic<int> workers_started_{0};
  // Not the standard library's classes, which add their errors and futures to the WebAssembly.
  pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t wake_ = PTHREAD_COND_INITIALIZER;
  std::vector<pthread_t> workers_;
#endif
};

}  // namespace ganvas
