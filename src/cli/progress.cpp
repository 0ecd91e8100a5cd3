// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The three progress styles; see progress.h.
#include "cli/progress.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <format>

#include "cli/text.h"
#include "io/json.h"

namespace ganvas::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kBarInterval = 250ms;  // long enough to read the values
constexpr auto kLineInterval = 10s;
constexpr double kRateSmoothing = 0.3;  // weight of the newest interval
constexpr std::size_t kLongestBar = 40;
constexpr std::size_t kShortestBar = 8;

double seconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double>(time).count();
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? size.ws_col : 80;
}

}  // namespace

Progress::Progress(ProgressStyle style, std::int64_t first_step, std::int64_t last_step)
    : style_(style),
      first_step_(first_step),
      last_step_(last_step),
      start_(Clock::now()),
      reported_at_(start_) {
  latest_.step = first_step;
}

Progress::~Progress() {
  end_bar();
}

void Progress::end_bar() {
  if (bar_drawn_) std::fputc('\n', stderr);
  bar_drawn_ = false;
}

void Progress::note(const std::string& text) {
  end_bar();
  std::fprintf(stderr, "ganvas: %s\n", one_line(text).c_str());
}

bool Progress::reader_is_gone() const {
  if (style_ != ProgressStyle::json) return false;
  // SIGPIPE tells of it at the next report, which may be hours away, and never where it is ignored.
  pollfd output{.fd = STDOUT_FILENO, .events = 0, .revents = 0};
  return poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

std::int64_t Progress::json_interval(std::int64_t steps) {
  std::int64_t power = 1;
  while (true) {
    for (const std::int64_t digit : {1, 2, 5}) {
      if ((steps - 1) / (digit * power) < 100) return digit * power;
    }
    power *= 10;
  }
}

void Progress::add(const StepMetrics& metrics) {
  sums_.loss_d += metrics.loss_d;
  sums_.loss_g += metrics.loss_g;
  sums_.d_real += metrics.d_real;
  sums_.d_fake += metrics.d_fake;
  sums_.step = metrics.step;
  sums_.epoch = metrics.epoch;
  sums_.images_seen = metrics.images_seen;
  ++step_count_;
  const Clock::time_point now = Clock::now();
  if (!is_due(now)) return;
  report(now);
  switch (style_) {
    case ProgressStyle::bar:
      return draw_bar();
    case ProgressStyle::lines:
      return print_line();
    case ProgressStyle::json:
      return print_json("progress", "", 0);
  }
}

bool Progress::is_due(Clock::time_point now) const {
  if (sums_.step == last_step_) return false;  // finish() reports it
  switch (style_) {
    case ProgressStyle::bar:
      return now - reported_at_ >= kBarInterval;
    case ProgressStyle::lines:
      return now - reported_at_ >= kLineInterval;
    case ProgressStyle::json:
      return sums_.step % json_interval(last_step_ - first_step_) == 0;
  }
  return false;
}

void Progress::report(Clock::time_point now) {
  if (step_count_ == 0) return;
  latest_ = sums_;
  latest_.loss_d /= step_count_;
  latest_.loss_g /= step_count_;
  latest_.d_real /= step_count_;
  latest_.d_fake /= step_count_;
  rate_ = step_count_ / std::max(seconds(now - reported_at_), 1e-9);
  smooth_rate_ = smooth_rate_ == 0 ? rate_ : smooth_rate_ + kRateSmoothing * (rate_ - smooth_rate_);
  reported_at_ = now;
  sums_ = {};
  step_count_ = 0;
}

void Progress::finish(const std::string& event, const std::string& saved_to,
                      std::int64_t saved_step) {
  const Clock::time_point now = Clock::now();
  report(now);
  if (style_ == ProgressStyle::json) return print_json(event, saved_to, saved_step);
  const std::int64_t taken = latest_.step - first_step_;
  const double elapsed = seconds(now - start_);
  if (taken > 0) {
    // The last means, with the average rate of the whole run.
    smooth_rate_ = static_cast<double>(taken) / std::max(elapsed, 1e-9);
    style_ == ProgressStyle::bar ? draw_bar() : print_line();
  }
  end_bar();
  std::fprintf(stderr, "%s after %s in %s; saved step %s to %s\n", event.c_str(),
               counted(taken, "step").c_str(), duration(elapsed).c_str(),
               grouped(saved_step).c_str(), one_line(saved_to).c_str());
}

double Progress::seconds_left() const {
  return smooth_rate_ > 0 ? static_cast<double>(last_step_ - latest_.step) / smooth_rate_ : 0;
}

std::string Progress::losses(int decimals) const {
  return std::format("lossD {:.{}f} lossG {:.{}f} D(x) {:.{}f} D(G(z)) {:.{}f}", latest_.loss_d,
                     decimals, latest_.loss_g, decimals, latest_.d_real, decimals, latest_.d_fake,
                     decimals);
}

void Progress::draw_bar() {
  const double share = static_cast<double>(latest_.step - first_step_) /
                       static_cast<double>(std::max<std::int64_t>(last_step_ - first_step_, 1));
  const std::string rate =
      grouped(static_cast<std::int64_t>(smooth_rate_)) + " steps/s ETA " + duration(seconds_left());
  const std::string percent = std::format("{:3.0f}% ", share * 100);
  // Leaves room for the "^C" that terminals echo, which would wrap the line.
  const std::size_t width = std::max<std::size_t>(terminal_width(), 4) - 3;
  std::string figures = rate + " " + losses(3);
  const std::string counts = grouped(latest_.step) + "/" + grouped(last_step_) + " epoch " +
                             grouped(latest_.epoch + 1) + " ";
  const std::size_t with_counts = percent.size() + counts.size() + figures.size() + 3;
  if (with_counts + kShortestBar <= width) figures = counts + figures;

  std::string line = percent;
  const std::size_t text =
      percent.size() + figures.size() + 3;  // plus the bar's brackets and space
  if (text + kShortestBar <= width) {
    const std::size_t length = std::min(width - text, kLongestBar);
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(length));
    line += "[" + std::string(filled, '=');
    if (filled < length) line += ">" + std::string(length - filled - 1, ' ');
    line += "] ";
  }
  line += figures;
  std::fprintf(stderr, "\r%s\033[K", line.substr(0, width).c_str());
  std::fflush(stderr);
  bar_drawn_ = true;
}

void Progress::print_line() {
  std::fprintf(stderr, "step %s/%s epoch %s %s steps/s ETA %s %s\n", grouped(latest_.step).c_str(),
               grouped(last_step_).c_str(), grouped(latest_.epoch + 1).c_str(),
               grouped(static_cast<std::int64_t>(smooth_rate_)).c_str(),
               duration(seconds_left()).c_str(), losses(4).c_str());
}

void Progress::print_json(const std::string& event, const std::string& saved_to,
                          std::int64_t saved_step) {
  JsonText line;
  JsonWriter writer(line);
  writer.StartObject();
  write_member(writer, "event", event);
  write_member(writer, "step", latest_.step);
  write_member(writer, "epoch", latest_.epoch);
  write_member(writer, "imagesSeen", latest_.images_seen);
  write_member(writer, "lossD", latest_.loss_d);
  write_member(writer, "lossG", latest_.loss_g);
  write_member(writer, "dReal", latest_.d_real);
  write_member(writer, "dFake", latest_.d_fake);
  write_member(writer, "stepsPerSecond", rate_);
  write_member(writer, "seconds", seconds(Clock::now() - start_));
  if (event == "progress") {
    write_member(writer, "secondsLeft", seconds_left());
  } else {
    write_member(writer, "out", valid_utf8(saved_to));
    write_member(writer, "savedStep", saved_step);
  }
  writer.EndObject();
  std::puts(line.GetString());
  std::fflush(stdout);
}

}  // namespace ganvas::cli
