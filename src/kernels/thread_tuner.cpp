// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Trials of two numbers of threads; see thread_tuner.h.
#include "kernels/thread_tuner.h"

#include <algorithm>
#include <utility>

namespace ganvas {
namespace {

// Longer than a thread waits for its turn on a busy processor, and short enough to go unnoticed.
constexpr double kBlockSeconds = 0.02;
constexpr int kBlocksPerSide = 3;
// A thread that slept may begin on a processor that it shares, until the system moves it.
constexpr int kSettlingBlocks = 2;
// The rival must be this much faster to win, so that noise changes nothing.
constexpr double kClearlyFaster = 0.97;
// Pause between trials, in multiples of the rival's part of the last one: short at the beginning
// and after a change, since a trial can be wrong, then twice as long each time.
constexpr double kFewestTimes = 5;
constexpr double kMostTimes = 40;
// Blocks that are so much slower than the last trial call for the next one early.
constexpr double kMuchSlower = 1.25;
constexpr int kSlowBlocks = 3;
constexpr double kSecondsBeforeEarlyTrial = 1;

}  // namespace

// Where the number of processors is unknown, it is given as 0.
ThreadTuner::ThreadTuner(ThreadPool& pool, int processors)
    : pool_(pool),
      most_threads_(processors > 0 ? std::min(pool.threads(), processors) : pool.threads()),
      threads_(most_threads_),
      times_between_trials_(kFewestTimes) {}

void ThreadTuner::step_took(double seconds) {
  if (most_threads_ == 1) return;
  block_.threads = threads_;
  block_.seconds += seconds;
  ++block_.steps;
  if (block_.seconds >= kBlockSeconds) end_block(std::exchange(block_, {}));
}

void ThreadTuner::end_block(const Stretch& block) {
  if (is_trial_) return end_trial_block(block);
  seconds_since_trial_ += block.seconds;
  // One thread is slow beside other programs, and more would be slower.
  const bool is_slow = threads_ > 1 && present_.steps > 0 &&
                       block.seconds / block.steps > kMuchSlower * present_.seconds_per_step();
  slow_blocks_ = is_slow ? slow_blocks_ + 1 : 0;
  const bool is_early =
      slow_blocks_ >= kSlowBlocks && seconds_since_trial_ >= kSecondsBeforeEarlyTrial;
  if (is_early) times_between_trials_ = kFewestTimes;
  if (is_early || seconds_since_trial_ >= seconds_until_trial_) start_trial();
}

void ThreadTuner::end_trial_block(const Stretch& block) {
  constexpr int kRivalsFirst = kBlocksPerSide + kSettlingBlocks;
  if (blocks_ < kBlocksPerSide) present_.add(block);
  if (blocks_ >= kRivalsFirst) rival_.add(block);
  ++blocks_;
  if (blocks_ == kRivalsFirst + kBlocksPerSide) return end_trial();
  if (blocks_ == kBlocksPerSide) threads_ = rival_.threads;
}

void ThreadTuner::start_trial() {
  const bool more = threads_ == 1 || (tries_more_ && threads_ < most_threads_);
  present_ = {.threads = threads_};
  rival_ = {.threads = more ? std::min(2 * threads_, most_threads_) : threads_ / 2};
  blocks_ = 0;
  is_trial_ = true;
}

void ThreadTuner::end_trial() {
  const double rival_seconds = rival_.seconds;
  const bool rival_wins = rival_.seconds_per_step() < kClearlyFaster * present_.seconds_per_step();
  // The winner's next rival is beyond it; a rival that loses was on the wrong side.
  const bool rival_is_more = rival_.threads > present_.threads;
  tries_more_ = rival_wins == rival_is_more;
  if (rival_wins) present_ = rival_;
  threads_ = present_.threads;
  if (rival_wins) times_between_trials_ = kFewestTimes;
  const bool goes_on = rival_wins && present_.threads > 1 && present_.threads < most_threads_;
  seconds_until_trial_ = goes_on ? 0 : times_between_trials_ * rival_seconds;
  times_between_trials_ = std::min(2 * times_between_trials_, kMostTimes);
  seconds_since_trial_ = 0;
  slow_blocks_ = 0;
  is_trial_ = false;
}

}  // namespace ganvas
