// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The classifier's training step; see classifier_training.h.
#include "judge/classifier_training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "judge/classifier_outputs.h"
#include "kernels/random.h"
#include "nn/losses.h"

namespace ganvas {
namespace {

constexpr double kLr = 2e-3;
constexpr int kBatchSize = DigitClassifier::kMaxBatch;
constexpr int kMaxShift = 2;  // augmentation: pixels, in both axes
constexpr int kSide = 28;
constexpr float kBackground = -1;

}  // namespace

ClassifierTraining::ClassifierTraining(DigitClassifier& classifier,
                                       std::shared_ptr<const Dataset> data, std::uint64_t seed,
                                       int epochs, ThreadPool& pool)
    : classifier_(classifier),
      data_(std::move(data)),
      seed_(seed),
      order_(seed, data_->size(), kBatchSize),
      adam_{.lr = kLr, .lr_decay_steps = epochs * order_.batches_per_epoch()},
      body_optimizer_(adam_, classifier.body().parameters(), pool),
      head_optimizer_(adam_, classifier.head().parameters(), pool) {
  const BatchLayout batch = BatchLayout::of(kBatchSize);
  unshifted_ = AlignedBuffer<float>(batch.storage(DigitClassifier::kImageSize));
  images_ = AlignedBuffer<float>(batch.storage(DigitClassifier::kImageSize));
  d_logits_ = AlignedBuffer<float>(batch.storage(DigitClassifier::kClasses));
  d_features_ = AlignedBuffer<float>(batch.storage(DigitClassifier::kFeatures));
  labels_.resize(batch.storage(1));
}

/// images_ = unshifted_, with each sample shifted by its own random number of whole pixels.
void ClassifierTraining::shift_digits(BatchLayout layout, std::int64_t step) {
  std::array<float, 2 * kBatchSize> uniform;
  RandomStream(seed_, StreamPurpose::augmentation, static_cast<std::uint64_t>(step))
      .fill_uniform(uniform, -kMaxShift - 0.5f, kMaxShift + 0.5f);
  std::fill(images_.span().begin(), images_.span().end(), kBackground);
  const float* offset = uniform.data();
  for (int sample = 0; sample < layout.group_size; ++sample, offset += 2) {
    const std::size_t block =
        static_cast<std::size_t>(sample / kLanes) * DigitClassifier::kImageSize * kLanes;
    const int lane = sample % kLanes;
    const int down = static_cast<int>(std::lround(offset[0]));
    const int right = static_cast<int>(std::lround(offset[1]));
    for (int y = std::max(0, down); y < std::min(kSide, kSide + down); ++y) {
      for (int x = std::max(0, right); x < std::min(kSide, kSide + right); ++x) {
        images_[block + static_cast<std::size_t>((y * kSide + x) * kLanes + lane)] =
            unshifted_[block +
                       static_cast<std::size_t>(((y - down) * kSide + x - right) * kLanes + lane)];
      }
    }
  }
}

double ClassifierTraining::run_epoch() {
  double loss_sum = 0;
  classifier_.body().set_training(true);
  for (int i = 0; i < order_.batches_per_epoch(); ++i, ++step_) {
    const std::span<const std::uint32_t> batch = order_.batch(step_);
    const auto layout = BatchLayout::of(static_cast<int>(batch.size()));
    data_->load_batch(batch, unshifted_.data());
    for (std::size_t sample = 0; sample < batch.size(); ++sample)
      labels_[sample] = static_cast<std::uint8_t>(data_->label(static_cast<int>(batch[sample])));
    shift_digits(layout, step_);
    classifier_.forward(layout, images_.data());
    loss_sum += class_loss<float>(
        {layout, DigitClassifier::kClasses, classifier_.logits(), d_logits_.data()}, 0, labels_, 1);
    classifier_.head().backward(d_logits_.data(), d_features_.data(), Gradients::overwrite);
    float* const no_image_gradient = nullptr;
    classifier_.body().backward(d_features_.data(), no_image_gradient, Gradients::overwrite);
    body_optimizer_.step();
    head_optimizer_.step();
  }
  classifier_.body().set_training(false);
  return loss_sum / order_.batches_per_epoch();
}

double accuracy_on(DigitClassifier& classifier, const Dataset& data) {
  const ClassifierOutputs outputs = classify(classifier, data, data.size());
  int right = 0;
  for (int i = 0; i < data.size(); ++i)
    right += outputs.classes[static_cast<std::size_t>(i)] == data.label(i);
  return static_cast<double>(right) / data.size();
}

}  // namespace ganvas
