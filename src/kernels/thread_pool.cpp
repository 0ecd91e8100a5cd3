// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The pool's worker loop: spin, then sleep on a condition variable; see thread_pool.h.
#include "kernels/thread_pool.h"

#if defined(__EMSCRIPTEN__)
#include <emscripten/threading.h>
#else
#include <thread>
#endif

#if defined(GANVAS_THREADS)
#include <sched.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace ganvas {
namespace {

// About a millisecond, longer than the serial parts of a step: waking a sleeping thread costs a
// small step more time than the second thread saves.
constexpr int kSpinsBeforeSleep = 40'000;
// Then run() yields while it waits, because spinning can keep the threads that it waits for from
// running.
constexpr int kSpinsBeforeYield = 4000;

void pause_briefly() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

ThreadPool::ThreadPool(int threads)
    : threads_(std::clamp(threads, 1, UINT16_MAX / kPartsPerThread)), active_threads_(threads_) {
  const auto start = [](void* pool) -> void* {
    static_cast<ThreadPool*>(pool)->worker_main();
    return nullptr;
  };
  for (int worker = 1; worker < threads_; ++worker) {
    pthread_t thread{};
    // Whoever is there runs all parts of a loop, so fewer threads are only slower.
    if (pthread_create(&thread, nullptr, start, this) != 0) break;
    workers_.push_back(thread);
  }
}

ThreadPool::~ThreadPool() {
  pthread_mutex_lock(&mutex_);
  stopping_.store(true);
  pthread_mutex_unlock(&mutex_);
  pthread_cond_broadcast(&wake_);
  for (const pthread_t worker : workers_) pthread_join(worker, nullptr);
  pthread_cond_destroy(&wake_);
  pthread_mutex_destroy(&mutex_);
}

void ThreadPool::set_active_threads(int count) {
  pthread_mutex_lock(&mutex_);
  active_threads_.store(std::clamp(count, 1, threads_));
  pthread_mutex_unlock(&mutex_);
  // Sleepers count themselves as active or not.
  pthread_cond_broadcast(&wake_);
}

void ThreadPool::run(const Loop& loop) {
  loop_ = loop;
  finished_parts_.store(0, std::memory_order_relaxed);
  const std::uint32_t number = ticket_.load(std::memory_order_relaxed).loop_number + 1;
  ticket_.store({number, static_cast<std::uint16_t>(loop.parts), 0});  // publishes loop_
  if (sleepers_.load() > 0) {
    // Taking the lock orders this notification after a sleeper's last check of ticket_.
    pthread_mutex_lock(&mutex_);
    pthread_mutex_unlock(&mutex_);
    pthread_cond_broadcast(&wake_);
  }
  while (run_next_part()) {
  }
  for (int spins = 0; finished_parts_.load(std::memory_order_acquire) < loop.parts; ++spins) {
    if (spins < kSpinsBeforeYield) {
      pause_briefly();
    } else {
      sched_yield();
    }
  }
}

bool ThreadPool::has_parts_left() const {
  const Ticket ticket = ticket_.load();
  return ticket.next_part < ticket.parts;
}

/// Returns false if no part is left. loop_ does not change while a part runs, because run() waits
/// for all parts before it returns.
bool ThreadPool::run_next_part() {
  Ticket ticket = ticket_.load();
  Ticket taken{};
  do {
    if (ticket.next_part >= ticket.parts) return false;
    taken = ticket;
    ++taken.next_part;
  } while (!ticket_.compare_exchange_weak(ticket, taken));
  loop_.run_part(ticket.next_part);
  finished_parts_.fetch_add(1, std::memory_order_release);
  return true;
}

void ThreadPool::worker_main() {
  const int index = workers_started_.fetch_add(1) + 1;  // the calling thread is 0
  const auto is_active = [&] { return index < active_threads(); };
  int spins = 0;
  while (!stopping_.load(std::memory_order_relaxed)) {
    if (is_active() && run_next_part()) {
      spins = 0;
    } else if (is_active() && ++spins < kSpinsBeforeSleep) {
      pause_briefly();
    } else {
      pthread_mutex_lock(&mutex_);
      while (!stopping_.load()) {
        const int counted = is_active() ? 1 : 0;
        sleepers_.fetch_add(counted);
        const bool has_work = counted == 1 && has_parts_left();
        if (!has_work) pthread_cond_wait(&wake_, &mutex_);
        sleepers_.fetch_sub(counted);
        if (has_work) break;
      }
      pthread_mutex_unlock(&mutex_);
      spins = 0;
    }
  }
}

}  // namespace ganvas

#else

namespace ganvas {

ThreadPool::ThreadPool(int) {}
ThreadPool::~ThreadPool() = default;
void ThreadPool::set_active_threads(int) {}
void ThreadPool::run(const Loop& loop) {
  for (int part = 0; part < loop.parts; ++part) loop.run_part(part);
}

}  // namespace ganvas

#endif

namespace ganvas {

int ThreadPool::processors() {
#if defined(__EMSCRIPTEN__)
  return emscripten_num_logical_cores();  // the standard library's is ten times as much code
#else
  return static_cast<int>(std::thread::hardware_concurrency());
#endif
}

}  // namespace ganvas
