// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Two ways in which a network learns of its sample's class: by more input features (conditional
// GAN, Mirza and Osindero 2014), or by projection in the discriminator (Miyato and Koyama 2018).
// Labels come by Layer::set_labels().
#pragma once

#include <span>
#include <string>

#include "kernels/thread_pool.h"
#include "nn/layer.h"
#include "nn/parameters.h"

namespace ganvas {

/// y = [x, c] with c the class as one-hot (classes,), or the row of a torch.nn.Embedding
/// (embedding_size,).
template <typename T>
class ClassConcat final : public Layer<T> {
 public:
  /// embedding_size 0 means one-hot; else declares `<name>.weight` (classes, embedding_size).
  ClassConcat(const std::string& name, int in_features, int classes, int embedding_size,
              Parameters<T>& parameters);

  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
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
  int embedding_ = -1;  // its id, or -1 for one-hot
  std::span<const std::uint8_t> labels_;
  std::span<const std::uint8_t> others_;
  std::span<const T> shares_;  // empty: classes are not mixed
};

/// y = <w, x> + b + <E[class], x>: one logit, as torch.nn.Linear(in, 1) plus
/// torch.nn.Embedding(classes, in).
template <typename T>
class ClassProjection final : public Layer<T> {
 public:
  /// Declares `<name>.weight` (1, in_features), `<name>.bias` (1,) and `<name>.embedding.weight`
  /// (classes, in_features).
  ClassProjection(const std::string& name, int in_features, int classes, Parameters<T>& parameters,
                  ThreadPool& pool);

  std::int64_t product_flops() const override { return 2 * std::int64_t{in_features_}; }
  void forward(BatchLayout layout, const T* x, T* y) override;
  void backward(const BackwardPass<T>& pass) override;
  bool piecewise_linear() const override { return true; }
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

}  // namespace ganvas
