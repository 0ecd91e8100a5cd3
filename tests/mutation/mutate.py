# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Seeds small faults into src/nn, src/gan and src/judge, one at a time, and counts how many the Catch2 suite notices.

    toolchain/run python3 tests/mutation/mutate.py [--only PATTERN] [--at-least 0.95]

Works on a copy of the sources in build/mutation. A fault that does not compile proves nothing, nor one whose text is not
found exactly once: each is INVALID, and an error. So is it when fewer than the wanted share were noticed.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time

REPO = pathlib.Path(__file__).resolve().parents[2]
WORK = REPO / "build" / "mutation"
TREE = WORK / "tree"
BUILD = WORK / "build"
TEST_SECONDS = 300

# (file below src, what stands there exactly once, the fault in its place)
FAULTS = [
    ("nn/linear.cpp", "parameters_.value(bias_), x, y", "static_cast<const T*>(nullptr), x, y"),
    ("nn/linear.cpp", "sum_channels(pass.dy", "sum_channels(pass.y"),
    ("nn/linear.cpp", "if (pass.gradients == Gradients::overwrite)", "if (pass.gradients != Gradients::skip)"),
    ("nn/activations.cpp", "value > Vec<T>(T{0}), value, slope * value", "value > Vec<T>(T{0}), value, slope + value"),
    ("nn/activations.cpp", "output > Vec<T>(T{0}), value, slope * value", "output < Vec<T>(T{0}), value, slope * value"),
    ("nn/activations.cpp", "dy * nmadd(y, y, Vec<T>(T{1}))", "dy * nmadd(y, dy, Vec<T>(T{1}))"),
    ("nn/activations.cpp", "dy * y * (Vec<T>(T{1}) - y)", "dy * y * (Vec<T>(T{1}) + y)"),
    ("nn/batch_norm.cpp", "var = squares / count;", "var = squares / (count - 1);"),
    ("nn/batch_norm.cpp", "count > 1 ? squares / (count - 1) : var", "count > 1 ? squares / count : var"),
    ("nn/batch_norm.cpp", "std::sqrt(var + eps_)", "std::sqrt(var) + eps_"),
    ("nn/batch_norm.cpp", "momentum_ * (mean - running_mean[channel])", "(1 - momentum_) * (mean - running_mean[channel])"),
    ("nn/batch_norm.cpp", "weight_sum += sum_dy_xhat;", "weight_sum = sum_dy_xhat;"),
    ("nn/batch_norm.cpp", "training_ ? sum_dy / count : T{0}", "training_ ? T{0} : T{0}"),
    ("nn/batch_norm.cpp", "training_ ? sum_dy_xhat / count : T{0}", "sum_dy_xhat / count"),
    ("nn/conv2d.cpp", "conv ? pass.dy : pass.x, conv ? pass.x : pass.dy", "pass.dy, pass.x"),
    ("nn/conv2d.cpp", "this->output_features() / channels", "this->output_features() / channels - 1"),
    ("nn/dropout.cpp", "uniform[i] >= dropped_below ? kept", "uniform[i] < dropped_below ? kept"),
    ("nn/dropout.cpp", "const T kept = T{1} / (T{1} - static_cast<T>(probability_));", "const T kept = T{1};"),
    ("nn/dropout.cpp", "pass_number_ << 8 | layer_number_", "layer_number_"),
    ("nn/resampling.cpp", "largest = xsimd::max(", "largest = xsimd::min("),
    ("nn/resampling.cpp", "(upper + lower)", "(upper - lower)"),
    ("nn/class_conditioning.cpp", "labels[lane] == feature ? T{1} : T{0}", "labels[lane] == feature ? T{0} : T{1}"),
    ("nn/class_conditioning.cpp", "((shared + own) * load(dy + lane))", "(shared * load(dy + lane))"),
    ("nn/class_conditioning.cpp", "madd(shared + own, load(row + lane)", "madd(shared - own, load(row + lane)"),
    ("nn/losses.cpp", "slope.d_output / Vec<T>(samples)", "slope.d_output"),
    ("nn/losses.cpp", "difference + difference, l}", "difference, l}"),
    ("nn/losses.cpp", "xsimd::select(l < one, -one, zero)", "xsimd::select(l < one, one, zero)"),
    ("nn/losses.cpp", "xsimd::select(l > -one, one, zero)", "xsimd::select(l > one, one, zero)"),
    ("nn/losses.cpp", "return {-l, -one, l};", "return {l, one, l};"),
    ("nn/losses.cpp", "d_logits[label * kLanes + i] -= scale.get(0);", ""),
    ("nn/losses.cpp", "-probability, probability}", "probability, probability}"),
    ("nn/adam.cpp", "integer_power(config_.beta2, this->steps_)", "integer_power(config_.beta1, this->steps_)"),
    ("nn/adam.cpp", "madd(one_minus_beta2 * g, g,", "madd(one_minus_beta2, g,"),
    ("nn/adam.cpp", "madd(xsimd::sqrt(v), inverse_sqrt_correction2, eps)", "(xsimd::sqrt(v) + eps)"),
    ("nn/adam.cpp", "madd(weight_decay, p, gradient)", "gradient"),
    ("nn/sgd.cpp", "nmadd(lr, b, p)", "nmadd(lr, g, p)"),
    ("nn/sgd.cpp", "(xsimd::sqrt(v) + eps)", "(v + eps)"),
    ("nn/sequential.cpp", "gradients_[i % 2].data();\n    layers_[i]->backward({.layout = layout_,\n                          .x = i == 0 ? x_",
     "gradients_[0].data();\n    layers_[i]->backward({.layout = layout_,\n                          .x = i == 0 ? x_"),
    ("nn/parameters.cpp", "1 / std::sqrt(static_cast<float>(fan_in))", "1 / static_cast<float>(fan_in)"),
    ("gan/objective.h", "{bce, bce, bce, 0.5, true, true}", "{bce, bce, bce, 1, true, true}"),
    ("gan/objective.h", "{bce, bce, saturating, 0.5", "{bce, bce, bce, 0.5"),
    ("gan/gradient_penalty.cpp", "scale * (1 - 1 / norm)", "scale * (1 + 1 / norm)"),
    ("gan/gradient_penalty.cpp", "const T scale = 2 * weight", "const T scale = weight"),
    ("gan/trainer.cpp", "output_loss(terms.d_fake, on_fake, T{0}, share)", "output_loss(terms.d_fake, on_fake, T{1}, share)"),
    ("gan/trainer.cpp", "d_fake_.data(), Gradients::skip", "d_fake_.data(), Gradients::add_products"),
    ("gan/trainer.cpp", "static_cast<T>(1 - config_.label_smoothing)", "static_cast<T>(config_.label_smoothing)"),
    ("gan/trainer.cpp", "config_.auxiliary_classifier ? weight / 2 : weight", "weight"),
    ("gan/trainer.cpp", "static_cast<T>(config_.r1 / 2)", "static_cast<T>(config_.r1)"),
    ("gan/trainer.cpp", "share * real()[at] + (1 - share) * fake()[at]", "share * real()[at] + share * fake()[at]"),
    ("gan/trainer.cpp", "madd(rate, value - average, average)", "madd(rate, value, average)"),
    ("gan/trainer.cpp", "optimizer_d_->set_steps(d_updates_before(steps));", "optimizer_d_->set_steps(steps);"),
    ("gan/trainer.cpp", "generator_->set_training(false);", ""),
    ("gan/trainer.cpp", "if (!generator_->ran(noise_.data(), fake())) remake_fakes(fake());", ""),
    ("gan/trainer.cpp", "d_saw_fake_ = g_saw_fake_ = false;", ""),
    ("gan/trainer_inspection.cpp", "std::copy_n(kept_statistics_.data(), size, statistics);", ""),
    ("gan/trainer_setup.cpp", "optimizer_d_->set_lr(adjustment.discriminator_lr);", ""),
    ("nn/class_conditioning.cpp", "(1 - shares_[at]) * y[lane] + shares_[at] * other", "(1 - shares_[at]) * y[lane] + other"),
    ("gan/frozen_network.cpp", "copy->set_training(false);", ""),
    ("gan/frozen_network.cpp", "average ? average : network.parameters().values()", "network.parameters().values()"),
    ("gan/inversion.cpp", "const T slope = T{2} / static_cast<T>(features);", "const T slope = T{1} / static_cast<T>(features);"),
    ("gan/inversion.cpp", ".weight_decay = 2 * options.prior", ".weight_decay = 0 * options.prior"),
    ("gan/latent_walk.cpp", "const double radius = (1 - t) * norm_a + t * norm_b;\n  combine", "const double radius = norm_a;\n  combine"),
    ("gan/latent_walk.cpp", "if (y > x) return pi / 2 - angle_of(x, y);", ""),
    ("nn/optimizer.h", "static_cast<double>(steps_) / decay_steps", "static_cast<double>(steps_ + 1) / decay_steps"),
    ("judge/frechet.cpp", "statistics.covariance /= n - 1;", "statistics.covariance /= n;"),
    ("judge/frechet.cpp", "2 * roots(of_product).sum()", "roots(of_product).sum()"),
    ("judge/neighbours.cpp", "= std::numeric_limits<float>::infinity();", "+= 0;"),
    ("judge/neighbours.cpp", "share_inside(real_rows, fake_rows, squared_radii(fake_rows, k))",
     "share_inside(real_rows, fake_rows, squared_radii(real_rows, k))"),
    ("judge/opinions.cpp", "confidence > kConfident", "confidence >= kConfident"),
    ("judge/opinions.cpp", "static_cast<float>(1 / sum)", "static_cast<float>(sum)"),
    ("judge/collapse.cpp", "2 * (own.energy - sum_squared / own.count)", "2 * (own.energy - sum_squared)"),
    ("judge/collapse.cpp", "if (variety.clarity < kClear) return CollapseState::unclear;", ""),
    ("judge/collapse.cpp", "std::min(variety.classes / kDigits, std::max(variety.diversity, recall))", "variety.classes / kDigits"),
    ("gan/step_inputs.cpp", "StreamPurpose::noise, static_cast<std::uint64_t>(draw)", "StreamPurpose::noise, 0"),
]


def run(command):
    return subprocess.run(command, cwd=TREE, capture_output=True, text=True)


def build():
    return run(["cmake", "--build", str(BUILD), "--target", "ganvas_tests"])


def suite_passes():
    """Runs the suite in as many parts as there are cores, until the first failure in any.

    Without the tests of pinned bits, which any change of the arithmetic fails: what has to notice is what says why.
    """
    parts = os.cpu_count()
    running = [
        subprocess.Popen(
            [BUILD / "bin" / "ganvas_tests", "~[determinism]", "--abort", "--shard-count", str(parts), "--shard-index", str(part)],
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
        return False
    finally:
        for process in running:
            process.kill()
            process.wait()


def prepare():
    for folder in ("src", "tests", "cmake"):
        # As new files: one restored with its old time would look built, and the last run's fault stay in.
        shutil.copytree(REPO / folder, TREE / folder, dirs_exist_ok=True, copy_function=shutil.copy)
    shutil.copy(REPO / "CMakeLists.txt", TREE)
    (TREE / "assets").exists() or (TREE / "assets").symlink_to(REPO / "assets")
    configured = run(["cmake", "-S", str(TREE), "-B", str(BUILD), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                      "-DCMAKE_CXX_FLAGS_RELEASE=-O1"])
    if configured.returncode != 0 or build().returncode != 0 or not suite_passes():
        sys.exit("error: the suite does not pass without any fault")


def seed(file, text, fault):
    """Builds and tests with one fault: "noticed", "SURVIVED" or "INVALID"."""
    path = TREE / "src" / file
    original = path.read_text()
    if original.count(text) != 1:
        return "INVALID"
    try:
        path.write_text(original.replace(text, fault))
        if build().returncode != 0:
            return "INVALID"
        return "SURVIVED" if suite_passes() else "noticed"
    finally:
        path.write_text(original)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="faults of the files whose path contains this")
    parser.add_argument("--at-least", type=float, default=0.95, help="the share that must be noticed")
    arguments = parser.parse_args()
    faults = [fault for fault in FAULTS if arguments.only in fault[0]]
    prepare()
    verdicts = []
    for number, (file, text, fault) in enumerate(faults, 1):
        start = time.monotonic()
        verdicts.append(seed(file, text, fault))
        print(f"{number:3}/{len(faults)} {verdicts[-1]}  src/{file}: {text.strip()[:60]}"
              f"  ({time.monotonic() - start:.0f} s)", flush=True)
    noticed = verdicts.count("noticed")
    print(f"{noticed} passed, {len(faults) - noticed} failed")
    sys.exit(0 if noticed >= arguments.at_least * len(faults) and "INVALID" not in verdicts else 1)


if __name__ == "__main__":
    main()
