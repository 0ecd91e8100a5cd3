// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Metrics of digits as text and as JSON; see digit_report.h.
#include "cli/digit_report.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <string>

#include "cli/text.h"

namespace ganvas::cli {
namespace {

/// The same generator's digit-FID with fewer samples; docs/quality.md says how to measure it.
struct Bias {
  int count;
  double digit_fid;
};
constexpr std::array kBiases{Bias{100, 46.4}, Bias{500, 11.3}, Bias{1000, 7.0}};
constexpr double kUnbiasedFid = 3.26;

void print_bias(int count) {
  if (count >= kUnbiased) return;
  const auto next = std::ranges::upper_bound(kBiases, count, {}, &Bias::count);
  const Bias& bias = *std::prev(next);
  std::printf(
      "             on %s samples: compare it only with figures on as many; a generator with %.2f "
      "on 10,000 samples has %.1f on %s\n",
      grouped(count).c_str(), kUnbiasedFid, bias.digit_fid, grouped(bias.count).c_str());
}

}  // namespace

void print_text(const DigitReport& report, int count) {
  const Quality& quality = report.quality;
  const Coverage& coverage = quality.coverage;
  std::printf("digit-FID    %.2f\n", quality.digit_fid);
  print_bias(count);
  if (quality.class_accuracy)
    std::printf("accuracy     %s are classified as the requested digit\n",
                percent(*quality.class_accuracy).c_str());
  std::printf("confidence   %s on average, above 90 %% for %s\n",
              percent(coverage.mean_confidence).c_str(), percent(coverage.confident).c_str());
  if (quality.precision)
    std::printf("precision    %s look like real digits\n", percent(*quality.precision).c_str());
  else
    std::puts("precision    -: the samples are not clear enough to be digits");
  std::printf("recall       %s of real digits are covered\n", percent(quality.recall).c_str());
  if (report.nearest) {
    std::printf("nearest      %.2f to the nearest training digit; unseen real digits are at %.2f\n",
                *report.nearest, report.nearest_of_unseen);
  }
  std::printf("entropy      %.2f bits of 3.32\n", coverage.entropy);
  std::printf(
      "collapse     %s: %.1f of 10 digits; diversity within them %s of that of real digits\n",
      std::string(name_of(quality.variety.state)).c_str(), quality.variety.classes,
      percent(quality.variety.diversity).c_str());
  std::printf("digits      ");
  for (int digit = 0; digit < DigitClassifier::kClasses; ++digit)
    std::printf(" %d: %s", digit,
                percent(coverage.shares[static_cast<std::size_t>(digit)]).c_str());
  std::puts("");
}

void write_members(JsonPrettyWriter& writer, const DigitReport& report) {
  const Quality& quality = report.quality;
  write_member(writer, "digitFid", quality.digit_fid);
  if (quality.class_accuracy) write_member(writer, "classAccuracy", *quality.class_accuracy);
  write_member(writer, "meanConfidence", quality.coverage.mean_confidence);
  write_member(writer, "confident", quality.coverage.confident);
  if (quality.precision) write_member(writer, "precision", *quality.precision);
  write_member(writer, "recall", quality.recall);
  if (report.nearest) write_member(writer, "nearestTrainingDigit", *report.nearest);
  write_member(writer, "nearestTrainingDigitOfUnseen", report.nearest_of_unseen);
  write_member(writer, "classEntropy", quality.coverage.entropy);
  write_member(writer, "diversity", quality.variety.diversity);
  write_member(writer, "clarity", quality.variety.clarity);
  write_member(writer, "collapse", quality.variety.state);
  writer.Key("classShares");
  writer.StartArray();
  for (const double share : quality.coverage.shares) writer.Double(share);
  writer.EndArray();
}

}  // namespace ganvas::cli
