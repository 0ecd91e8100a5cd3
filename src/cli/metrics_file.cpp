// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Rows of metrics, and where a file goes on; see metrics_file.h.
#include "cli/metrics_file.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <format>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace ganvas::cli {
namespace {

constexpr std::string_view kHeader = "step,epoch,imagesSeen,lossD,lossG,dReal,dFake\n";
constexpr std::string_view kJsonStep = "{\"step\":";

Error failure(const std::string& path, int code) {
  return {ErrorCode::io_failure,
          "cannot write '" + path + "': " + std::generic_category().message(code)};
}

/// The step of a row, or -1 for a header or a row that was cut off.
std::int64_t step_of(std::string_view row, bool json) {
  if (json && row.starts_with(kJsonStep)) row.remove_prefix(kJsonStep.size());
  std::int64_t step = -1;
  const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), step);
  return error == std::errc{} && end != row.data() + row.size() ? step : -1;
}

/// The length of a file's beginning that holds whole rows up to this step.
std::int64_t length_until(const std::string& path, std::int64_t step, bool json) {
  std::ifstream file(path, std::ios::binary);
  std::int64_t length = 0;
  for (std::string row; std::getline(file, row);) {
    const bool whole = !file.eof();  // it has its line's end
    if (!whole || step_of(row, json) > step) break;
    length += static_cast<std::int64_t>(row.size()) + 1;
  }
  return length;
}

}  // namespace

Result<MetricsFile> MetricsFile::open(const std::string& path, std::int64_t resumed_step) {
  const bool json = path.ends_with(".jsonl");
  if (!json && !path.ends_with(".csv")) {
    return Error{ErrorCode::invalid_argument,
                 "--metrics '" + path + "' is neither a .csv nor a .jsonl file"};
  }
  const std::int64_t kept = resumed_step > 0 ? length_until(path, resumed_step, json) : 0;
  std::FILE* file = std::fopen(path.c_str(), "ae");
  if (!file) return failure(path, errno);
  MetricsFile metrics(path, json, file);
  if (::ftruncate(::fileno(file), kept) != 0) return failure(path, errno);
  if (kept == 0 && !json) std::fwrite(kHeader.data(), 1, kHeader.size(), file);
  return metrics;
}

MetricsFile::MetricsFile(std::string path, bool json, std::FILE* file)
    : path_(std::move(path)), json_(json), file_(file) {}

void MetricsFile::add(const StepMetrics& m) {
  const std::string row =
      json_ ? std::format(
                  "{}{},\"epoch\":{},\"imagesSeen\":{},\"lossD\":{},\"lossG\":{},"
                  "\"dReal\":{},\"dFake\":{}}}\n",
                  kJsonStep, m.step, m.epoch, m.images_seen, m.loss_d, m.loss_g, m.d_real, m.d_fake)
            : std::format("{},{},{},{},{},{},{}\n", m.step, m.epoch, m.images_seen, m.loss_d,
                          m.loss_g, m.d_real, m.d_fake);
  std::fwrite(row.data(), 1, row.size(), file_.get());
}

Status MetricsFile::flush() {
  errno = 0;
  if (std::fflush(file_.get()) == 0 && std::ferror(file_.get()) == 0) return {};
  std::clearerr(file_.get());
  return failure(path_, errno != 0 ? errno : EIO);
}

}  // namespace ganvas::cli
