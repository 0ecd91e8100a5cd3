// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Class labels as additional inputs and as projections; see class_conditioning.h.
#include "nn/class_conditioning.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "kernels/reductions.h"
#include "kernels/simd.h"
#include "nn/layer_site.h"

namespace ganvas {
namespace {

/// lanes (kLanes) = one feature of each lane's class in table (classes, features).
template <typename T>
void gather_lanes(const T* table, int features, int feature, const std::uint8_t* labels, T* lanes) {
  for (int lane = 0; lane < kLanes; ++lane) {
    lanes[lane] = table[static_cast<std::ptrdiff_t>(labels[lane]) * features + feature];
  }
}

template <typename T>
class ClassConcat final : public Layer<T> {
 public:
  ClassConcat(int embedding_size, const LayerSite<T>& site);

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;
  void set_labels(std::span<const std::uint8_t> labels) override {
    labels_ = labels;
    shares_ = {};
  }
  void mix_labels(std::span<const std::uint8_t> others, std::span<const T> shares) override {
    others_ = others;
    shares_ = shares;
  }

 private:
  int class_features() const { return this->output_features() - in_features_; }

  int in_features_;
  int classes_;
  Parameters<T>& parameters_;
  int embedding_ = -1;  // tensor id, or -1 for one-hot
  std::span<const std::uint8_t> labels_;
  std::span<const std::uint8_t> others_;
  std::span<const T> shares_;  // empty if classes are not mixed
};

template <typename T>
ClassConcat<T>::ClassConcat(int embedding_size, const LayerSite<T>& site)
    : Layer<T>(site.output),
      in_features_(site.input[0]),
      classes_(site.classes),
      parameters_(site.parameters) {
  if (embedding_size > 0) {
    embedding_ = parameters_.declare(site.name_of("weight"), {classes_, embedding_size},
                                     InitRule::embedding, classes_);
  }
}

/// y = [x, one_hot(class)] or [x, E[class]]. With mixed classes, (1 - share) of the label's
/// features plus share of the other's.
template <typename T>
void ClassConcat<T>::forward(BatchLayout layout, const T* x, T* y) {
  assert(labels_.size() >= static_cast<std::size_t>(layout.blocks()) * kLanes);
  for (int block = 0; block < layout.blocks(); ++block) {
    const std::uint8_t* labels = labels_.data() + static_cast<std::ptrdiff_t>(block) * kLanes;
    y = std::copy_n(x, static_cast<std::ptrdiff_t>(in_features_) * kLanes, y);
    x += static_cast<std::ptrdiff_t>(in_features_) * kLanes;
    for (int feature = 0; feature < class_features(); ++feature, y += kLanes) {
      if (embedding_ >= 0) {
        gather_lanes(parameters_.value(embedding_), class_features(), feature, labels, y);
      } else {
        for (int lane = 0; lane < kLanes; ++lane) y[lane] = labels[lane] == feature ? T{1} : T{0};
      }
      if (shares_.empty()) continue;
      for (std::size_t lane = 0; lane < kLanes; ++lane) {
        const std::size_t at = static_cast<std::size_t>(block) * kLanes + lane;
        const T other =
            embedding_ >= 0
                ? parameters_.value(embedding_)[others_[at] * class_features() + feature]
                : T(others_[at] == feature);
        y[lane] = (1 - shares_[at]) * y[lane] + shares_[at] * other;
      }
    }
  }
}

/// dx = the first rows of dy;  dE[class] = the sum of the remaining rows over the samples of that
/// class
template <typename T>
void ClassConcat<T>::backward(const BackwardPass<T>& pass) {
  const std::ptrdiff_t x_size = static_cast<std::ptrdiff_t>(in_features_) * kLanes;
  const std::ptrdiff_t y_size = x_size + static_cast<std::ptrdiff_t>(class_features()) * kLanes;
  const bool embedding_gradient = embedding_ >= 0 && pass.gradients == Gradients::overwrite;
  T* gradient = embedding_gradient ? parameters_.gradient(embedding_) : nullptr;
  if (gradient) {
    std::fill_n(gradient, static_cast<std::ptrdiff_t>(classes_) * class_features(), T{0});
  }
  for (int block = 0; block < pass.layout.blocks(); ++block) {
    const T* dy = pass.dy + block * y_size;
    if (pass.dx) std::copy_n(dy, x_size, pass.dx + block * x_size);
    if (!gradient) continue;
    for (int lane = 0; lane < pass.layout.lanes_used(block); ++lane) {
      const int label =
          labels_[static_cast<std::size_t>(block) * kLanes + static_cast<std::size_t>(lane)];
      for (int feature = 0; feature < class_features(); ++feature) {
        gradient[static_cast<std::ptrdiff_t>(label) * class_features() + feature] +=
            dy[x_size + static_cast<std::ptrdiff_t>(feature) * kLanes + lane];
      }
    }
  }
}

/// t_y = [t_x, 0]
template <typename T>
void ClassConcat<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  const std::ptrdiff_t x_size = static_cast<std::ptrdiff_t>(in_features_) * kLanes;
  for (int block = 0; block < layout.blocks(); ++block, t_x += x_size) {
    t_y = std::copy_n(t_x, x_size, t_y);
    t_y = std::fill_n(t_y, static_cast<std::ptrdiff_t>(class_features()) * kLanes, T{0});
  }
}

template <typename T>
class ClassProjection final : public Layer<T> {
 public:
  explicit ClassProjection(const LayerSite<T>& site);

  std::int64_t product_flops() const override { return 2 * std::int64_t{in_features_}; }
  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  void forward_tangent(BatchLayout layout, const T* y, const T* t_x, T* t_y) override;
  void set_labels(std::span<const std::uint8_t> labels) override { labels_ = labels; }

 private:
  void project(T bias, BatchLayout layout, const T* x, T* y) const;

  int in_features_;
  int classes_;
  Parameters<T>& parameters_;
  ThreadPool& pool_;
  int weight_;
  int bias_;
  int embedding_;
  std::span<const std::uint8_t> labels_;
};

template <typename T>
ClassProjection<T>::ClassProjection(const LayerSite<T>& site)
    : Layer<T>(site.output),
      in_features_(site.input[0]),
      classes_(site.classes),
      parameters_(site.parameters),
      pool_(site.pool) {
  weight_ = parameters_.declare(site.name_of("weight"), {1, in_features_}, InitRule::linear_weight,
                                in_features_);
  bias_ = parameters_.declare(site.name_of("bias"), {1}, InitRule::bias, in_features_);
  embedding_ = parameters_.declare(site.name_of("embedding.weight"), {classes_, in_features_},
                                   InitRule::projection, classes_);
}

template <typename T>
void ClassProjection<T>::project(T bias, BatchLayout layout, const T* x, T* y) const {
  assert(labels_.size() >= static_cast<std::size_t>(layout.blocks()) * kLanes);
  const T* weight = parameters_.value(weight_);
  const T* embedding = parameters_.value(embedding_);
  pool_.parallel_for(layout.blocks(), 1, [&](int begin, int end) {
    alignas(kAlignment) std::array<T, kLanes> scale;
    for (int block = begin; block < end; ++block) {
      const T* row = x + static_cast<std::ptrdiff_t>(block) * in_features_ * kLanes;
      T* sum = y + static_cast<std::ptrdiff_t>(block) * kLanes;
      std::fill_n(sum, kLanes, bias);
      for (int feature = 0; feature < in_features_; ++feature, row += kLanes) {
        gather_lanes(embedding, in_features_, feature,
                     labels_.data() + static_cast<std::ptrdiff_t>(block) * kLanes, scale.data());
        const Vec<T> shared(weight[feature]);
        for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
          const Vec<T> own = load(&scale[static_cast<std::size_t>(lane)]);
          madd(shared + own, load(row + lane), load(sum + lane)).store_aligned(sum + lane);
        }
      }
    }
  });
}

/// y = <w + E[class], x> + b
template <typename T>
void ClassProjection<T>::forward(BatchLayout layout, const T* x, T* y) {
  project(parameters_.value(bias_)[0], layout, x, y);
}

/// dx = (w + E[class]) dy;  dw = sum dy x;  dE[class] = the sum of dy x over the samples of that
/// class;  db = sum dy
template <typename T>
void ClassProjection<T>::backward(const BackwardPass<T>& pass) {
  const T* weight = parameters_.value(weight_);
  const T* embedding = parameters_.value(embedding_);
  T* d_weight = parameters_.gradient(weight_);
  T* d_embedding = parameters_.gradient(embedding_);
  const bool overwrite = pass.gradients == Gradients::overwrite;
  pool_.parallel_for(in_features_, 64, [&](int begin, int end) {
    alignas(kAlignment) std::array<T, kLanes> scale;
    for (int feature = begin; feature < end; ++feature) {
      T weight_sum{0};
      if (overwrite) {
        for (int label = 0; label < classes_; ++label) {
          d_embedding[static_cast<std::ptrdiff_t>(label) * in_features_ + feature] = T{0};
        }
      }
      for (int block = 0; block < pass.layout.blocks(); ++block) {
        const std::uint8_t* labels = labels_.data() + static_cast<std::ptrdiff_t>(block) * kLanes;
        const T* dy = pass.dy + static_cast<std::ptrdiff_t>(block) * kLanes;
        const std::ptrdiff_t at =
            (static_cast<std::ptrdiff_t>(block) * in_features_ + feature) * kLanes;
        if (pass.gradients != Gradients::skip) {
          for (int lane = 0; lane < pass.layout.lanes_used(block); ++lane) {
            const T product = dy[lane] * pass.x[at + lane];
            weight_sum += product;
            d_embedding[static_cast<std::ptrdiff_t>(labels[lane]) * in_features_ + feature] +=
                product;
          }
        }
        if (!pass.dx) continue;
        gather_lanes(embedding, in_features_, feature, labels, scale.data());
        const Vec<T> shared(weight[feature]);
        for (int lane = 0; lane < kLanes; lane += kVecSize<T>) {
          const Vec<T> own = load(&scale[static_cast<std::size_t>(lane)]);
          ((shared + own) * load(dy + lane)).store_aligned(pass.dx + at + lane);
        }
      }
      if (overwrite) {
        d_weight[feature] = weight_sum;
      } else if (pass.gradients != Gradients::skip) {
        d_weight[feature] += weight_sum;
      }
    }
  });
  if (overwrite) {
    sum_channels(pass.dy, /*channels=*/1, /*pixels=*/1, parameters_.gradient(bias_),
                 pass.layout.blocks(), pool_);
  }
}

/// t_y = <w + E[class], t_x>
template <typename T>
void ClassProjection<T>::forward_tangent(BatchLayout layout, const T*, const T* t_x, T* t_y) {
  project(T{0}, layout, t_x, t_y);
}

/// The problem with an input of either layer, if any.
std::optional<Misfit> find_problem(const LayerInput& input) {
  if (input.shape.rank() != 1) return Misfit{ProblemKind::needs_flat};
  if (input.classes == 0) return Misfit{ProblemKind::needs_classes};
  return std::nullopt;
}

}  // namespace

Inferred ClassConcatSpec::infer(const LayerInput& input) const {
  if (const auto misfit = find_problem(input)) return *misfit;
  const int more = embedding_size > 0 ? embedding_size : input.classes;
  return LayerShape{Shape{input.shape[0] + more}, std::int64_t{input.classes} * embedding_size};
}

template <typename T>
LayerPointer<T> ClassConcatSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<ClassConcat<T>>(embedding_size, site);
}
GANVAS_INSTANTIATE_BUILD(ClassConcatSpec);

Inferred ClassProjectionSpec::infer(const LayerInput& input) const {
  if (const auto misfit = find_problem(input)) return *misfit;
  return LayerShape{Shape{1}, (std::int64_t{input.classes} + 1) * input.shape[0] + 1};
}

template <typename T>
LayerPointer<T> ClassProjectionSpec::build(const LayerSite<T>& site) const {
  return std::make_unique<ClassProjection<T>>(site);
}
GANVAS_INSTANTIATE_BUILD(ClassProjectionSpec);

}  // namespace ganvas
