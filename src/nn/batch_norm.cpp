// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Batch normalisation, one channel at a time; see batch_norm.h.
#include "nn/batch_norm.h"

#include <array>
#include <cassert>
#include <cmath>

#include "kernels/elementwise.h"
#include "kernels/simd.h"
#include "nn/layer_site.h"
#include "tensor/aligned_buffer.h"

namespace ganvas {
namespace {

/// The rows (pixels x lanes) of one channel in one group, block by block.
struct ChannelRows {
  BatchLayout layout;
  int group;
  int channels;
  int channel;
  int pixels;

  int first_block() const { return group * layout.blocks_per_group(); }
  std::size_t offset(int block) const {
    return (static_cast<std::size_t>(block) * static_cast<std::size_t>(channels) +
            static_cast<std::size_t>(channel)) *
           static_cast<std::size_t>(pixels) * kLanes;
  }

  /// Calls work(index, lane, mask) for every register of each block's first pixel; the other pixels
  /// follow kLanes apart. The mask selects the lanes that hold samples.
  template <typename T, typename Work>
  void for_each_column(const Work& work) const {
    for (int block = first_block(); block < first_block() + layout.blocks_per_group(); ++block) {
      std::array<T, kLanes> used{};
      for (int lane = 0; lane < layout.lanes_used(block); ++lane)
        used[static_cast<std::size_t>(lane)] = T{1};
      for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
        const auto mask =
            Vec<T>::load_unaligned(&used[static_cast<std::size_t>(lane)]) > Vec<T>(T{0});
        work(offset(block) + static_cast<std::size_t>(lane), lane, mask);
      }
    }
  }
};

/// The sum over a channel's samples and pixels of value(register index): first lane by lane, then
/// with sum_lanes().
template <typename T, typename Value>
T sum_rows(const ChannelRows& rows, const Value& value) {
  alignas(kAlignment) std::array<T, kLanes> lanes{};
  rows.for_each_column<T>([&](std::size_t i, int lane, const auto& mask) {
    T* const lane_sums = &lanes[static_cast<std::size_t>(lane)];
    Vec<T> sum = load(lane_sums);
    for (int pixel = 0; pixel < rows.pixels; ++pixel, i += kLanes) {
      sum += xsimd::select(mask, value(i), Vec<T>(T{0}));
    }
    sum.store_aligned(lane_sums);
  });
  return sum_lanes(lanes.data());
}

int min_channels_per_thread(BatchLayout layout, int pixels) {
  return std::max(1, kMinElementsPerThread / std::max(1, layout.blocks() * pixels * kLanes));
}

template <typename T>
class BatchNorm final : public Layer<T> {
 public:
  BatchNorm(const BatchNormSpec& spec, const LayerSite<T>& site);

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void set_training(bool training) override { training_ = training; }

 private:
  static constexpr int kMaxGroups = 2;

  int channels() const { return this->output_shape()[0]; }
  int pixels() const { return this->output_features() / channels(); }
  /// Index of a channel's statistics for one group in mean_ and rstd_.
  std::size_t statistic_index(int group, int channel) const {
    return static_cast<std::size_t>(group) * static_cast<std::size_t>(channels()) +
           static_cast<std::size_t>(channel);
  }

  T eps_;
  T momentum_;
  Parameters<T>& parameters_;
  NamedTensors<T>& buffers_;
  ThreadPool& pool_;
  int weight_;
  int bias_;
  int running_mean_;
  int running_var_;
  bool training_ = true;
  AlignedBuffer<T> mean_;  // (group, channel) of the last forward pass
  AlignedBuffer<T> rstd_;  // 1 / sqrt(var + eps)
};

template <typename T>
BatchNorm<T>::BatchNorm(const BatchNormSpec& spec, const LayerSite<T>& site)
    : Layer<T>(site.output),
      eps_(static_cast<T>(spec.eps)),
      momentum_(static_cast<T>(spec.momentum)),
      parameters_(site.parameters),
      buffers_(site.buffers),
      pool_(site.pool),
      mean_(static_cast<std::size_t>(kMaxGroups * site.output[0])),
      rstd_(static_cast<std::size_t>(kMaxGroups * site.output[0])) {
  const Shape shape{channels()};
  weight_ = parameters_.declare(site.name_of("weight"), shape, InitRule::norm_weight, 1);
  bias_ = parameters_.declare(site.name_of("bias"), shape, InitRule::zeros, 1);
  running_mean_ = buffers_.declare(site.name_of("running_mean"), shape, InitRule::zeros, 1);
  running_var_ = buffers_.declare(site.name_of("running_var"), shape, InitRule::ones, 1);
}

/// y = (x - mean) / sqrt(var + eps) * weight + bias, with the biased variance. Running statistics
/// move towards the mean and the unbiased variance by momentum.
template <typename T>
void BatchNorm<T>::forward(BatchLayout layout, const T* x, T* y) {
  assert(layout.groups <= kMaxGroups);
  const auto count = static_cast<T>(layout.group_size) * static_cast<T>(pixels());
  T* running_mean = buffers_.value(running_mean_);
  T* running_var = buffers_.value(running_var_);
  const T* weight = parameters_.value(weight_);
  const T* bias = parameters_.value(bias_);
  pool_.parallel_for(
      channels(), min_channels_per_thread(layout, pixels()), [&](int begin, int end) {
        for (int channel = begin; channel < end; ++channel) {
          for (int group = 0; group < layout.groups; ++group) {
            const ChannelRows rows{layout, group, channels(), channel, pixels()};
            T mean = running_mean[channel];
            T var = running_var[channel];
            if (training_) {
              mean = sum_rows<T>(rows, [x](std::size_t i) { return load(x + i); }) / count;
              const Vec<T> centre(mean);
              const T squares = sum_rows<T>(rows, [x, centre](std::size_t i) {
                const Vec<T> difference = load(x + i) - centre;
                return difference * difference;
              });
              var = squares / count;
              running_mean[channel] += momentum_ * (mean - running_mean[channel]);
              const T unbiased = count > 1 ? squares / (count - 1) : var;
              running_var[channel] += momentum_ * (unbiased - running_var[channel]);
            }
            const T rstd = T{1} / std::sqrt(var + eps_);
            const std::size_t statistic = statistic_index(group, channel);
            mean_[statistic] = mean;
            rstd_[statistic] = rstd;
            const Vec<T> scale(rstd * weight[channel]);
            const Vec<T> centre(mean);
            const Vec<T> shift(bias[channel]);
            rows.for_each_column<T>([=, count = pixels()](std::size_t i, int, const auto&) {
              for (int pixel = 0; pixel < count; ++pixel, i += kLanes) {
                madd(load(x + i) - centre, scale, shift).store_aligned(y + i);
              }
            });
          }
        }
      });
}

/// With n = count, xhat = (x - mean) rstd, per channel and group:
/// dweight = sum dy xhat;  dbias = sum dy;  dx = weight rstd (dy - (dbias + xhat dweight) / n)
/// In evaluation mode the statistics are constants: dx = weight rstd dy.
template <typename T>
void BatchNorm<T>::backward(const BackwardPass<T>& pass) {
  assert(pass.gradients != Gradients::add_products);
  const BatchLayout layout = pass.layout;
  const T* const x = pass.x;
  const T* const dy = pass.dy;
  T* const dx = pass.dx;
  const auto count = static_cast<T>(layout.group_size) * static_cast<T>(pixels());
  const T* weight = parameters_.value(weight_);
  T* d_weight = parameters_.gradient(weight_);
  T* d_bias = parameters_.gradient(bias_);
  pool_.parallel_for(
      channels(), min_channels_per_thread(layout, pixels()), [&](int begin, int end) {
        for (int channel = begin; channel < end; ++channel) {
          T weight_sum{0};
          T bias_sum{0};
          for (int group = 0; group < layout.groups; ++group) {
            const ChannelRows rows{layout, group, channels(), channel, pixels()};
            const std::size_t statistic = statistic_index(group, channel);
            const Vec<T> mean(mean_[statistic]);
            const Vec<T> rstd(rstd_[statistic]);
            const auto xhat = [=](std::size_t i) { return (load(x + i) - mean) * rstd; };
            const T sum_dy = sum_rows<T>(rows, [dy](std::size_t i) { return load(dy + i); });
            const T sum_dy_xhat =
                sum_rows<T>(rows, [dy, xhat](std::size_t i) { return load(dy + i) * xhat(i); });
            weight_sum += sum_dy_xhat;
            bias_sum += sum_dy;
            if (!dx) continue;
            const Vec<T> scale(weight[channel] * rstd_[statistic]);
            const Vec<T> mean_dy(training_ ? sum_dy / count : T{0});
            const Vec<T> mean_dy_xhat(training_ ? sum_dy_xhat / count : T{0});
            rows.for_each_column<T>([=, count = pixels()](std::size_t i, int, const auto& mask) {
              for (int pixel = 0; pixel < count; ++pixel, i += kLanes) {
                const Vec<T> centred = load(dy + i) - madd(xhat(i), mean_dy_xhat, mean_dy);
                // Padding lanes of a gradient stay zero.
                xsimd::select(mask, scale * centred, Vec<T>(T{0})).store_aligned(dx + i);
              }
            });
          }
          if (pass.gradients == Gradients::overwrite) {
            d_weight[channel] = weight_sum;
            d_bias[channel] = bias_sum;
          }
        }
      });
}

}  // namespace

template <typename T>
LayerPointer<T> BatchNormSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<BatchNorm<T>>(*this, site);
}
GANVAS_INSTANTIATE_BUILD(BatchNormSpec);

}  // namespace ganvas
