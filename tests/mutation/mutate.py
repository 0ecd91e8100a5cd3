# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Inserts small faults into the core, one at a time, and counts how many the Catch2 suite detects.

    toolchain/run python3 tests/mutation/mutate.py [--only PATTERN] [--at-least 0.95]
    tests/mutation/mutate.py --check

Works on a copy of the sources in build/mutation. Fails if too few faults are detected, or if a fault does not compile
or does not match exactly one place. --check only verifies the matches, without building.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
WORK = REPO / "build" / "mutation"
TREE = WORK / "tree"
BUILD = WORK / "build"
TEST_SECONDS = 300

# (file below src, function, pattern of the code to replace, replacement)
FAULTS = [
    ("nn/linear.cpp", "Linear::forward", r"parameters_\.value\(bias_\), x, y", "static_cast<const T*>(nullptr), x, y"),
    ("nn/linear.cpp", "Linear::backward", r"sum_channels\(pass\.dy", "sum_channels(pass.y"),
    ("nn/linear.cpp", "Linear::backward", r"if \(pass\.gradients == Gradients::overwrite\)", "if (pass.gradients != Gradients::skip)"),
    ("nn/leaky_relu.cpp", "LeakyRelu::forward", r"value > Vec<T>\(T\{0\}\), value, slope \* value",
     "value > Vec<T>(T{0}), value, slope + value"),
    ("nn/leaky_relu.cpp", "LeakyRelu::scale_by_slope", r"output > Vec<T>\(T\{0\}\), value, slope \* value",
     "output < Vec<T>(T{0}), value, slope * value"),
    ("nn/bounded_activations.cpp", "dx_of", r"dy \* nmadd\(y, y, Vec<T>\(T\{1\}\)\)", "dy * nmadd(y, dy, Vec<T>(T{1}))"),
    ("nn/bounded_activations.cpp", "dx_of", r"dy \* y \* \(Vec<T>\(T\{1\}\) - y\)", "dy * y * (Vec<T>(T{1}) + y)"),
    ("nn/batch_norm.cpp", "BatchNorm::forward", r"var = squares / count;", "var = squares / (count - 1);"),
    ("nn/batch_norm.cpp", "BatchNorm::forward", r"count > 1 \? squares / \(count - 1\) : var", "count > 1 ? squares / count : var"),
    ("nn/batch_norm.cpp", "BatchNorm::forward", r"std::sqrt\(var \+ eps_\)", "std::sqrt(var) + eps_"),
    ("nn/batch_norm.cpp", "BatchNorm::forward", r"momentum_ \* \(mean - running_mean\[channel\]\)",
     "(1 - momentum_) * (mean - running_mean[channel])"),
    ("nn/batch_norm.cpp", "BatchNorm::backward", r"weight_sum \+= sum_dy_xhat;", "weight_sum = sum_dy_xhat;"),
    ("nn/batch_norm.cpp", "BatchNorm::backward", r"training_ \? sum_dy / count : T\{0\}", "training_ ? T{0} : T{0}"),
    ("nn/batch_norm.cpp", "BatchNorm::backward", r"training_ \? sum_dy_xhat / count : T\{0\}", "sum_dy_xhat / count"),
    ("nn/conv2d.cpp", "Conv2d::backward", r"conv \? pass\.dy : pass\.x, conv \? pass\.x : pass\.dy", "pass.dy, pass.x"),
    ("nn/conv2d.cpp", "Conv2d::backward", r"this->output_features\(\) / channels", "this->output_features() / channels - 1"),
    ("nn/dropout.cpp", "Dropout::draw_mask", r"uniform\[i\] >= dropped_below \? kept", "uniform[i] < dropped_below ? kept"),
    ("nn/dropout.cpp", "Dropout::draw_mask", r"const T kept = T\{1\} / \(T\{1\} - static_cast<T>\(probability_\)\);",
     "const T kept = T{1};"),
    ("nn/dropout.cpp", "Dropout::draw_mask", r"pass_number_ << 8 \| layer_number_", "layer_number_"),
    ("nn/max_pool2d.cpp", "MaxPool2d::forward", r"value > largest", "value < largest"),
    ("nn/upsample2x.cpp", "UpsampleNearest2x::backward", r"\(upper \+ lower\)", "(upper - lower)"),
    ("nn/class_conditioning.cpp", "ClassConcat::forward", r"labels\[lane\] == feature \? T\{1\} : T\{0\}",
     "labels[lane] == feature ? T{0} : T{1}"),
    ("nn/class_conditioning.cpp", "ClassProjection::backward", r"\(\(shared \+ own\) \* load\(dy \+ lane\)\)",
     "(shared * load(dy + lane))"),
    ("nn/class_conditioning.cpp", "ClassProjection::project", r"madd\(shared \+ own, load\(row \+ lane\)",
     "madd(shared - own, load(row + lane)"),
    ("nn/losses.cpp", "output_loss", r"slope\.d_output / Vec<T>\(samples\)", "slope.d_output"),
    ("nn/losses.cpp", "evaluate", r"difference \+ difference, l\}", "difference, l}"),
    ("nn/losses.cpp", "evaluate", r"xsimd::select\(met, zero, -one\)", "xsimd::select(met, zero, one)"),
    ("nn/losses.cpp", "evaluate", r"met = l <= -one", "met = l <= one"),
    ("nn/losses.cpp", "evaluate", r"return \{-l, -one, l\};", "return {l, one, l};"),
    ("nn/losses.cpp", "class_loss", r"d_logits\[label \* kLanes \+ i\] -= scale\.get\(0\);", ""),
    ("nn/losses.cpp", "evaluate", r"-probability, probability\}", "probability, probability}"),
    ("nn/adam.cpp", "Adam::step", r"integer_power\(config_\.beta2, this->steps_\)", "integer_power(config_.beta1, this->steps_)"),
    ("nn/adam.cpp", "Adam::step", r"madd\(one_minus_beta2 \* g, g,", "madd(one_minus_beta2, g,"),
    ("nn/adam.cpp", "Adam::step", r"madd\(xsimd::sqrt\(v\), inverse_sqrt_correction2, eps\)", "(xsimd::sqrt(v) + eps)"),
    ("nn/adam.cpp", "Adam::step", r"madd\(weight_decay, p, gradient\)", "gradient"),
    ("nn/sgd.cpp", "Sgd::step", r"nmadd\(lr, b, p\)", "nmadd(lr, g, p)"),
    ("nn/sgd.cpp", "RmsProp::step", r"\(xsimd::sqrt\(v\) \+ eps\)", "(v + eps)"),
    ("nn/sequential.cpp", "Sequential::backward", r"gradients_\[i % 2\]\.data\(\); layers_\[i\]->backward\(\{\.layout = layout_, \.x = i == 0 \? x_",
     'gradients_[0].data();\n    layers_[i]->backward({.layout = layout_,\n                          .x = i == 0 ? x_'),
    ("nn/parameters.cpp", "start_of", r"1 / std::sqrt\(static_cast<float>\(fan_in\)\)", "1 / static_cast<float>(fan_in)"),
    ("gan/objective.h", "terms_of", r"\{bce, bce, bce, 0\.5, true, true\}", "{bce, bce, bce, 1, true, true}"),
    ("gan/objective.h", "terms_of", r"\{bce, bce, saturating, 0\.5", "{bce, bce, bce, 0.5"),
    ("gan/gradient_penalty.cpp", "GradientPenalty::add", r"scale \* \(1 - 1 / norm\)", "scale * (1 + 1 / norm)"),
    ("gan/gradient_penalty.cpp", "GradientPenalty::add", r"const T scale = 2 \* weight", "const T scale = weight"),
    ("gan/shard.cpp", "Shard::differentiate_loss_d", r"output_loss\(terms\.d_fake, on_fake, T\{0\}, share\)",
     "output_loss(terms.d_fake, on_fake, T{1}, share)"),
    ("gan/shard.cpp", "Shard::differentiate_loss_g", r"d_fake_\.data\(\), Gradients::skip", "d_fake_.data(), Gradients::add_products"),
    ("gan/shard.cpp", "Shard::differentiate_loss_d", r"static_cast<T>\(1 - config_\.label_smoothing\)",
     "static_cast<T>(config_.label_smoothing)"),
    ("gan/shard.cpp", "Shard::differentiate_loss_d", r"config_\.auxiliary_classifier \? weight / 2 : weight", "weight"),
    ("gan/shard.cpp", "Shard::add_gradient_penalty", r"config_\.r1_interval \* config_\.r1 / 2", "config_.r1_interval * config_.r1"),
    ("gan/trainer.cpp", "Trainer::update_average", r"madd\(rate, value - average, average\)", "madd(rate, value, average)"),
    ("gan/shard.cpp", "Shard::add_gradient_penalty", r"share \* batch_\.real\(\)\[at\] \+ \(1 - share\)",
     "share * batch_.real()[at] + share"),
    ("gan/trainer.cpp", "Trainer::resume", r"set_steps\(d_updates_before\(steps_\)\)", "set_steps(steps_)"),
    ("gan/trainer.cpp", "Trainer::resume", r"if \(!trainable\(\)\) start_average\(\);", ""),
    ("gan/shard.cpp", "Shard::make_fakes", r"batch_\.has_d_fake = batch_\.has_d_fake_of_g = false;", ""),
    ("gan/shard.cpp", "Shard::outputs_of_group", r"whole_batch_\};", "batch_.layout.group_size};"),
    ("gan/shard.h", "number", r"count \* config_\.shards \+ index_", "count"),
    ("gan/shard.cpp", "Shard::differentiate_loss_d", r"penalty_ \? nullptr : watcher", "watcher"),
    ("nn/sequential.cpp", "Sequential::backward", r"final_from\(parameter_begins_\[i\]\)", "final_from(i == 0 ? 0 : parameter_begins_[i - 1])"),
    ("gan/trainer.cpp", "Trainer::average_statistics", r"return sum / shards;", "return sum;"),
    ("gan/trainer.cpp", "Trainer::spread_statistics", r"std::copy_n\(statistics.*?;", ""),
    ("gan/trainer_setup.cpp", "Trainer::adjust", r"optimizer_d_->set_lr\(adjustment\.discriminator_lr\);", ""),
    ("nn/class_conditioning.cpp", "ClassConcat::forward", r"\(1 - shares_\[at\]\) \* y\[lane\] \+ shares_\[at\] \* other",
     "(1 - shares_[at]) * y[lane] + other"),
    ("inference/frozen_network.cpp", "frozen_copy", r"copy->set_training\(false\);", ""),
    ("inference/frozen_network.cpp", "copy_average", r"std::copy_n\(average, .*?;", ""),
    ("inference/inspection.cpp", "layer_activations", r"network->set_pass_number\(.*?;", ""),
    ("inference/inspection.cpp", "layer_activations", r"static_cast<std::size_t>\(group\) \* size", "0"),
    ("inference/inspection.cpp", "discriminator_input", r"config\.instance_noise, d_input", "0, d_input"),
    ("inference/inversion.cpp", "Inversion::forward", r"const T slope = T\{2\} / static_cast<T>\(features\);",
     "const T slope = T{1} / static_cast<T>(features);"),
    ("inference/inversion.cpp", "Inversion::Inversion", r"\.weight_decay = 2 \* options\.prior", ".weight_decay = 0 * options.prior"),
    ("inference/latents.cpp", "slerp", r"const double radius = \(1 - t\) \* norm_a \+ t \* norm_b; combine",
     'const double radius = norm_a;\n  combine'),
    ("inference/latents.cpp", "angle_of", r"if \(y > x\) return pi / 2 - angle_of\(x, y\);", ""),
    ("nn/optimizer.h", "rate", r"static_cast<double>\(steps_\) / decay_steps", "static_cast<double>(steps_ + 1) / decay_steps"),
    ("judge/frechet.cpp", "FeatureSums::statistics", r"statistics\.covariance /= n - 1;", "statistics.covariance /= n;"),
    ("judge/frechet.cpp", "frechet_distance", r"2 \* roots\(of_product\)\.sum\(\)", "roots(of_product).sum()"),
    ("judge/neighbours.cpp", "squared_radii", r"= std::numeric_limits<float>::infinity\(\);", "+= 0;"),
    ("judge/neighbours.cpp", "precision_recall", r"share_inside\(real_rows, fake_rows, squared_radii\(fake_rows, k\)\)",
     "share_inside(real_rows, fake_rows, squared_radii(real_rows, k))"),
    ("judge/classifier_outputs.cpp", "coverage_of", r"confidence > kConfident", "confidence >= kConfident"),
    ("judge/classifier_outputs.cpp", "classify", r"static_cast<float>\(1 / sum\)", "static_cast<float>(sum)"),
    ("judge/collapse.cpp", "clusters_of", r"cluster\.energy - sum_squared / cluster\.count", "cluster.energy - sum_squared"),
    ("judge/collapse.cpp", "state_of", r"if \(variety\.clarity < kClear\) return CollapseState::unclear;", ""),
    ("judge/collapse.cpp", "state_of", r"std::min\(variety\.classes / kDigits, std::max\(variety\.diversity, recall\)\)",
     "variety.classes / kDigits"),
    ("gan/step_inputs.cpp", "RandomInputs::noise", r"StreamPurpose::noise, static_cast<std::uint64_t>\(draw\)", "StreamPurpose::noise, 0"),
    ("kernels/math.h", "exp", r"x > Vec<T>\(kMax\), Vec<T>\(std::numeric_limits<T>::infinity\(\)\)", "x > Vec<T>(kMax), Vec<T>(kMax)"),
    ("kernels/math.h", "exp", r"x < Vec<T>\(kMin\), Vec<T>\(0\), result", "x < Vec<T>(kMin), result, result"),
    ("kernels/math.h", "exp", r"xsimd::select\(x == x, result, x\)", "result"),
    ("kernels/math.h", "tanh", r"xsimd::copysign\(t / \(t \+ Vec<T>\(2\)\), x\)", "t / (t + Vec<T>(2))"),
    ("kernels/math.h", "sincos_turns", r"\(quarter == one\) \| \(quarter == two\)", "(quarter == one) | (quarter == three)"),
    ("kernels/math.h", "log", r"kIsFloat<T> \? 5 : 11", "kIsFloat<T> ? 4 : 11"),
    ("kernels/random.cpp", "RandomStream::fill_uniform", r"low \+ \(high - low\) \* to_unit", "low + high * to_unit"),
    ("kernels/random.cpp", "RandomStream::fill_normal", r"to_unit\(words\[0\]\) \+ kUlp24", "to_unit(words[0])"),
    ("kernels/random.cpp", "RandomStream::fill_normal", r"Vec<float>\(-2\.0f\)", "Vec<float>(-1.0f)"),
    ("kernels/random.cpp", "RandomStream::fill_permutation", r"\* remaining\) >> 32", "* (remaining - 1)) >> 32"),
    ("kernels/random.cpp", "RandomStream::next_block", r"static_cast<std::uint32_t>\(index_ >> 32\)", "0"),
    ("kernels/simd.h", "sum_lanes", r"row\[i\] \+ row\[i \+ kLanes / 2\]", "row[i] + row[i]"),
    ("kernels/reductions.cpp", "sum_channels", r"load\(lanes \+ lane\);", "Vec<T>(T{0});"),
    ("data/dataset.cpp", "normalised_levels", r"\(scaled - T\(0\.5\)\) / T\(0\.5\)", "scaled"),
    ("data/dataset.cpp", "Dataset::load_batch", r"std::fill\(packed \+ used, packed \+ kLanes, T\{0\}\);", ""),
    ("data/dataset.cpp", "Dataset::of_images", r"images\.size\(\) != labels\.size\(\) \* width", "images.size() < labels.size() * width"),
    ("data/dataset.cpp", "Dataset::of_points", r"!std::all_of\(points\.begin\(\), points\.end\(\), \[\]\(float x\) \{ return std::isfinite\(x\); \}\)",
     "false"),
    ("data/distributions.cpp", "ring_point", r"std::floor\(8 \* d\.u0\) / 8", "d.u0"),
    ("data/distributions.cpp", "discs_point", r"left \? -0\.3f : 0\.3f", "left ? 0.3f : -0.3f"),
    ("data/distributions.cpp", "draw_points", r"2 \* kind \+ 1", "2 * kind"),
    ("data/epoch_order.cpp", "EpochOrder::batch", r"static_cast<std::uint64_t>\(epoch\)", "0"),
    ("data/epoch_order.cpp", "EpochOrder::images_before", r"epoch_of\(step\) \* examples_", "epoch_of(step) * batch_size_"),
    ("base/number_text.cpp", "decimal", r"exponent < -5", "exponent < -3"),
    ("base/number_text.cpp", "text_of", r"exponent - last == 16", "exponent - last == 12"),
    ("nn/check_layers.cpp", "check_layers", r"specs\.size\(\) > kMaxLayers", "specs.size() > kMaxLayers + 1"),
    ("nn/check_layers.cpp", "check_layers", r"report\.parameters \+= layer\.parameters;", "report.parameters = layer.parameters;"),
    ("nn/check_layers.cpp", "check_layers", r"if \(!computes\)", "if (false)"),
    ("gan/check_config.cpp", "check_combinations", r"config\.discriminator\.updates > 1\)", "false)"),
    ("gan/check_config.cpp", "check_combinations", r"names != config\.classes", "names > config.classes"),
    ("gan/check_config.cpp", "check_discriminator", r"config\.auxiliary_classifier \? config\.classes : 0", "0"),
    ("gan/check_config.cpp", "check_discriminator", r"is_penalised\(config\)", "config.gradient_penalty > 0"),
    ("gan/augmentation.cpp", "draw_axis", r"2 \* most \+ 1\) - most", "most + 1)"),
    ("gan/augmentation.cpp", "draw", r"draws\.contrast\[lane\] = 1 \+ strength", "draws.contrast[lane] = strength"),
    ("gan/augmentation.cpp", "change_color", r"draws\.saturation\[lane\] \* x\[at\] \+ share", "draws.saturation[lane] * x[at]"),
    ("gan/augmentation.cpp", "augment_backward", r"-row\.move, -column\.move", "row.move, column.move"),
    ("gan/flops.cpp", "flops_per_step", r"3 \* d - d_first", "3 * d"),
    ("gan/step_inputs.cpp", "RandomInputs::real_batch", r"data_->label\(static_cast<int>\(examples\[i\]\)\)", "data_->label(static_cast<int>(i))"),
    ("gan/trainer.cpp", "Trainer::clip_weights", r"value < -limit, -limit, value", "value < -limit, limit, value"),
    ("gan/trainer.cpp", "Trainer::finish_step", r"!g_is_finite_ \|\| !statistics_are_finite", "!statistics_are_finite"),
    ("gan/trainer.cpp", "Trainer::finish_step", r"!d_is_finite_ \|\| !statistics_are_finite\(Network::discriminator\)", "!d_is_finite_"),
    ("nn/update_parameters.h", "update_parameters", r"\(value - value\) \+ \(moment - moment\)", "value - value"),
    ("gan/shard.cpp", "Shard::begin_step", r"step \* \(k_d \+ k_g - 1\)", "step * (k_d + k_g)"),
    ("io/checksum.cpp", "checksum_of", r"sum \+= hash_of\(value, hash_of\(key\)\)", "sum += hash_of(value)"),
    ("io/checksum.cpp", "checksum_of", r"hash_of\(name\)\);", "0);"),
    ("io/checksum.cpp", "check_checksum", r"\*checksum == checksum_of\(file\)", "checksum->size() == 8"),
    ("io/checkpoint.cpp", "saved_config", r"GANVAS_RETURN_IF_ERROR\(check_checksum\(file\)\);", ""),
    ("io/checkpoint.cpp", "saved_steps", r"step < 0 \|\| step > kMaxStep", "step < 0"),
    ("io/checkpoint.cpp", "read_groups", r"GANVAS_RETURN_IF_ERROR\(file\.check\(group\.name_of\(tensor\), tensor\.shape\)\);",
     "if (!file.tensors().contains(group.name_of(tensor))) return Error{ErrorCode::missing_tensor, \"\"};"),
    ("io/checkpoint.cpp", "training_groups", r"groups\.push_back\(\{\"generator_average\.\", \"\", &g, average\}\);", "(void)average;"),
    ("io/checkpoint.cpp", "contents_of", r"holds = Holds::networks;", "holds = Holds::run;"),
    ("io/safetensors.cpp", "parse_tensor", r"begin > end \|\| end > data\.size\(\)", "begin > end || end > data.size() + 8"),
    ("io/safetensors.cpp", "parse_tensor", r"end - begin != size", "end - begin < size"),
    ("io/safetensors.cpp", "check_coverage", r"position != data\.size\(\)", "false"),
    ("io/json.cpp", "RawNumber", r"std::isfinite\(value\) && Double\(value\)", "Double(value)"),
    ("io/json.cpp", "RawNumber", r"return Uint64\(\*whole\)", "return Double(static_cast<double>(*whole))"),
    ("io/safetensors.cpp", "read_element", r"static_cast<std::uint32_t>\(bits\) << 16", "static_cast<std::uint32_t>(bits) << 15"),
    ("io/safetensors.cpp", "SafetensorsFile::parse", r"!file\.tensors_\.emplace\(name, view\)\.second", "(file.tensors_.insert_or_assign(name, view), false)"),
    ("io/safetensors.cpp", "SafetensorsWriter::finish", r"\(text\.size\(\) \+ 7\) / 8 \* 8", "text.size()"),
    ("io/config_json.cpp", "is_beyond", r"if \(depth == 0\) return true;", ""),
    ("io/config_json.cpp", "merge_with_preset", r"of_preset\.SetObject\(\);", "(void)of_preset;"),
    ("io/config_json.cpp", "merge_with_preset", r"classes <= kMaxClasses", "true"),
    ("pictures/idx.cpp", "parse_idx", r"size \* extent > kMaxSize", "false"),
    ("pictures/idx.cpp", "parse_idx", r"present != size", "present < size"),
    ("pictures/npy.cpp", "parse_npy", r"starts_with\(\"True\"\)", "starts_with(\"False\")"),
    ("pictures/npy.cpp", "append_utf8", r"0xf0 \| \(code >> 18\)", "0xf0 | (code >> 12)"),
    ("pictures/npy.cpp", "text_of", r"big_endian \? i : 3 - i", "big_endian ? 3 - i : 3 - i"),
    ("pictures/number_array.cpp", "levels_of", r"fractions \? 255 : 1\) \+ 0\.5", "fractions ? 255 : 1)"),
    ("pictures/number_array.cpp", "levels_of", r"low < 0 \|\| high > 255", "high > 255"),
    ("pictures/number_array.cpp", "PictureArray::rgba", r"if \(each == 4\) to\[3\] = from\[3\];", ""),
    ("pictures/number_array.cpp", "NumberArray::stored", r"static_cast<std::int16_t>\(bits\)", "static_cast<double>(bits)"),
    ("pictures/fit.cpp", "flatten", r"\+ 127\) / 255", ") / 255"),
    ("pictures/fit.cpp", "window_of", r"\(extent - size\) / 2", "(extent - size)"),
    ("pictures/fit.cpp", "fit", r"\(sum \+ area / 2\) / area", "sum / area"),
    ("pictures/fit.cpp", "has_colour", r"!whole && !is_grey\(options\.ground\)", "false"),
    ("pictures/labelled_pictures.cpp", "parse_cifar", r"bytes\[labels - 1\]", "bytes[0]"),
    ("pictures/labelled_pictures.cpp", "parse_digits_csv", r"\*number < 0 \|\| \*number > 255", "*number > 255"),
    ("pictures/picture_set.cpp", "class_name", r"\(static_cast<unsigned char>\(utf8\[end\]\) & 0xc0\) == 0x80", "false"),
    ("pictures/picture_set.cpp", "set_classes", r"numbers\.size\(\) > PictureSet::kMaxClasses", "numbers.size() > 256"),
    ("pictures/picture_set.cpp", "alternate_classes", r"rank\[a\] < rank\[b\] : classes", "rank[a] > rank[b] : classes"),
    ("pictures/picture_set.cpp", "id_of", r"put\(12, static_cast<std::uint64_t>\(set\.classes\), 4\);", ""),
    ("inference/latents.cpp", "latent_path", r"static_cast<double>\(points - 1\)", "static_cast<double>(points)"),
    ("inference/latents.cpp", "half_turn", r"sine\(pi / 2 - pi \* t\) - up \* along", "sine(pi / 2 - pi * t)"),
    ("judge/nearest_pictures.cpp", "NearestPictures::best", r"std::sqrt\(nearest\.distance / static_cast<float>\(means_\)\) / 2",
     "std::sqrt(nearest.distance / static_cast<float>(means_))"),
    ("judge/nearest_pictures.cpp", "NearestPictures::best", r"step \* down, step \* right", "step * down, 0"),
    ("judge/picture_judge.cpp", "verdict_of", r"quality\.copies\.samples - quality\.copies\.real >= kMemorised", "quality.copies.samples >= kMemorised"),
    ("judge/picture_judge.cpp", "PictureJudge::quality", r"copies \+= nearest\.distance < kCopy \* gap_of\(nearest\.index\);", ""),
    ("judge/classifier_training.cpp", "ClassifierTraining::shift_digits", r"\(\(y - down\) \* kSide \+ x - right\)", "((y - down) * kSide + x)"),
    ("judge/frechet.cpp", "frechet_distance", r"!is_finite\(a\) \|\| !is_finite\(b\)", "false"),
]


def without_comments(text):
    """Blanks comments and literals, so that all remaining brackets are code. Positions do not change."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])'", blank, text, flags=re.DOTALL)


def closing(code, opening):
    """Returns the position after the bracket that closes the one at `opening`."""
    pairs = {"(": ")", "{": "}"}
    depth = 0
    for at in range(opening, len(code)):
        if code[at] == code[opening]:
            depth += 1
        elif code[at] == pairs[code[opening]]:
            depth -= 1
            if depth == 0:
                return at + 1
    raise ValueError("brackets do not match")


def function_spans(text, name):
    """Returns the (begin, end) positions of all definitions of a function, from its name to its last brace. `name` has no
    template arguments: Linear::forward."""
    code = without_comments(text)
    parts = [re.escape(part) for part in name.split("::")]
    spans = []
    for match in re.finditer(r"(?<![\w:.>])" + r"(?:<[^<>]*>)?::".join(parts) + r"\(", code):
        after = closing(code, match.end() - 1)
        body = re.match(r"\s*(?:const|override|\s)*(?::[^{;]*)?\{", code[after:])
        if body:
            spans.append((match.start(), closing(code, after + body.end() - 1)))
    return spans


def apply_fault(text, function, pattern, fault):
    """Replaces the only match of `pattern` in the definitions of `function` with the fault. Raises ValueError unless there
    is exactly one match. Any white space in the function matches one space."""
    matches = []
    for begin, end in function_spans(text, function):
        normal, positions = "", []
        for word in re.finditer(r"\s+|\S+", text[begin:end]):
            start, stop = begin + word.start(), begin + word.end()
            is_space = word.group().isspace()
            normal += " " if is_space else word.group()
            positions += [start] if is_space else range(start, stop)
        matches += [(positions[match.start()], positions[match.end() - 1] + 1) for match in re.finditer(pattern, normal)]
    if len(matches) != 1:
        raise ValueError(f"{len(matches)} matches of {pattern} in {function}()")
    (first, last), = matches
    return text[:first] + fault + text[last:]


def run(command):
    return subprocess.run(command, cwd=TREE, capture_output=True, text=True)


def build():
    return run(["cmake", "--build", str(BUILD), "--target", "ganvas_tests"])


def tests_including(file):
    """The names of the test files that include the header beside a source: they notice most of its faults, in seconds."""
    include = f'#include "{pathlib.PurePath(file).with_suffix(".h")}"'
    return [test.stem for folder in ("unit", "golden", "gradcheck")
            for test in sorted((TREE / "tests" / folder).glob("*.cpp")) if include in test.read_text()]


def suite_passes(test_files=None):
    """Runs the suite, or the tests of some files, in one part per core, until the first failure. Returns whether all passed;
    None when they took too long, which proves nothing.

    Excludes the tests of pinned bits, which fail on any change of the arithmetic and do not say what is wrong.
    """
    parts = os.cpu_count()
    chosen = ",".join(f"[#{name}]~[determinism]~[.]" for name in test_files or ()) or "~[determinism]"
    running = [
        subprocess.Popen(
            [BUILD / "bin" / "ganvas_tests", chosen, "--filenames-as-tags", "--allow-running-no-tests", "--abort",
             "--shard-count", str(parts), "--shard-index", str(part)],
            cwd=TREE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for part in range(parts)
    ]
    deadline = time.monotonic() + TEST_SECONDS
    try:
        while time.monotonic() < deadline:
            codes = [process.poll() for process in running]
            if any(code not in (None, 0) for code in codes):
                return False
            if all(code == 0 for code in codes):
                return True
            time.sleep(0.1)
        return None
    finally:
        for process in running:
            process.kill()
            process.wait()


def require(result, step):
    if result.returncode != 0:
        sys.exit(f"{result.stdout}{result.stderr}error: {step} fails without any fault")


def prepare():
    cache = BUILD / "CMakeCache.txt"
    # CMake refuses a build folder that was copied or moved with its checkout.
    if cache.exists() and f"CMAKE_HOME_DIRECTORY:INTERNAL={TREE}\n" not in cache.read_text():
        shutil.rmtree(BUILD)
    for folder in ("src", "tests", "cmake"):
        # Give all files a new time: with its old time, a restored file would not be rebuilt.
        shutil.copytree(REPO / folder, TREE / folder, dirs_exist_ok=True, copy_function=shutil.copy)
    shutil.copy(REPO / "CMakeLists.txt", TREE)
    (TREE / "assets").unlink(missing_ok=True)
    (TREE / "assets").symlink_to(REPO / "assets")
    require(run(["cmake", "-S", str(TREE), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                 "-DCMAKE_CXX_FLAGS_RELEASE=-O1"]), "configuring")
    require(build(), "the build")
    if not suite_passes():
        sys.exit(f"error: the suite fails without any fault; run {BUILD}/bin/ganvas_tests in {TREE} to see how")


def test_fault(file, function, pattern, fault):
    """Builds and tests with one fault. Returns "detected", "SURVIVED", "TOO SLOW" or "INVALID"."""
    path = TREE / "src" / file
    original = path.read_text()
    try:
        path.write_text(apply_fault(original, function, pattern, fault))
        if build().returncode != 0:
            return "INVALID"
        first = tests_including(file)
        passed = suite_passes(first) if first else True
        if passed:
            passed = suite_passes()
        return {True: "SURVIVED", False: "detected", None: "TOO SLOW"}[passed]
    finally:
        path.write_text(original)


def report_inapplicable_faults():
    """Prints the faults that do not match exactly one place, and returns their number."""
    count = 0
    for file, function, pattern, fault in FAULTS:
        try:
            apply_fault((REPO / "src" / file).read_text(), function, pattern, fault)
        except (ValueError, OSError) as error:
            print(f"src/{file}: {error}")
            count += 1
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="only faults in files whose path contains PATTERN", metavar="PATTERN")
    parser.add_argument("--at-least", type=float, default=0.95, help="the share of faults that must be detected")
    parser.add_argument("--check", action="store_true", help="only verify that every fault applies")
    arguments = parser.parse_args()
    if report_inapplicable_faults() > 0:
        sys.exit("error: these faults no longer apply")
    if arguments.check:
        return
    faults = [fault for fault in FAULTS if arguments.only in fault[0]]
    if not faults:
        sys.exit(f"error: no file with a fault has '{arguments.only}' in its path")
    prepare()
    verdicts = []
    for number, fault in enumerate(faults, 1):
        start = time.monotonic()
        verdicts.append(test_fault(*fault))
        print(f"{number:3}/{len(faults)} {verdicts[-1]}  src/{fault[0]} {fault[1]}: {fault[2][:60]}"
              f"  ({time.monotonic() - start:.0f} s)", flush=True)
    detected = verdicts.count("detected")
    print(f"{detected} passed, {len(faults) - detected} failed")
    sys.exit(0 if detected >= arguments.at_least * len(faults) and "INVALID" not in verdicts else 1)


if __name__ == "__main__":
    main()
