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
    ("nn/max_pool2d.cpp", "MaxPool2d::forward", r"largest = xsimd::max\(", "largest = xsimd::min("),
    ("nn/upsample2x.cpp", "UpsampleNearest2x::backward", r"\(upper \+ lower\)", "(upper - lower)"),
    ("nn/class_conditioning.cpp", "ClassConcat::forward", r"labels\[lane\] == feature \? T\{1\} : T\{0\}",
     "labels[lane] == feature ? T{0} : T{1}"),
    ("nn/class_conditioning.cpp", "ClassProjection::backward", r"\(\(shared \+ own\) \* load\(dy \+ lane\)\)",
     "(shared * load(dy + lane))"),
    ("nn/class_conditioning.cpp", "ClassProjection::project", r"madd\(shared \+ own, load\(row \+ lane\)",
     "madd(shared - own, load(row + lane)"),
    ("nn/losses.cpp", "output_loss", r"slope\.d_output / Vec<T>\(samples\)", "slope.d_output"),
    ("nn/losses.cpp", "evaluate", r"difference \+ difference, l\}", "difference, l}"),
    ("nn/losses.cpp", "evaluate", r"xsimd::select\(l < one, -one, zero\)", "xsimd::select(l < one, one, zero)"),
    ("nn/losses.cpp", "evaluate", r"xsimd::select\(l > -one, one, zero\)", "xsimd::select(l > one, one, zero)"),
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
    ("gan/trainer.cpp", "Trainer::update_discriminator", r"output_loss\(terms\.d_fake, on_fake, T\{0\}, share\)",
     "output_loss(terms.d_fake, on_fake, T{1}, share)"),
    ("gan/trainer.cpp", "Trainer::update_generator", r"d_fake_\.data\(\), Gradients::skip", "d_fake_.data(), Gradients::add_products"),
    ("gan/trainer.cpp", "Trainer::update_discriminator", r"static_cast<T>\(1 - config_\.label_smoothing\)",
     "static_cast<T>(config_.label_smoothing)"),
    ("gan/trainer.cpp", "Trainer::update_discriminator", r"config_\.auxiliary_classifier \? weight / 2 : weight", "weight"),
    ("gan/trainer.cpp", "Trainer::add_gradient_penalty", r"static_cast<T>\(config_\.r1 / 2\)", "static_cast<T>(config_.r1)"),
    ("gan/trainer.cpp", "Trainer::update_average", r"madd\(rate, value - average, average\)", "madd(rate, value, average)"),
    ("gan/trainer.cpp", "Trainer::add_gradient_penalty", r"share \* batch_\.real\(\)\[at\] \+ \(1 - share\)",
     "share * batch_.real()[at] + share"),
    ("gan/trainer.cpp", "Trainer::resume", r"set_steps\(d_updates_before\(steps_\)\)", "set_steps(steps_)"),
    ("gan/trainer.cpp", "Trainer::resume", r"if \(!trainable\(\)\) start_average\(\);", ""),
    ("gan/trainer.cpp", "Trainer::make_fakes", r"batch_\.has_d_fake = batch_\.has_d_fake_of_g = false;", ""),
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


def suite_passes():
    """Runs the suite in one part per core, until the first failure. Returns whether all tests passed.

    Excludes the tests of pinned bits, which fail on any change of the arithmetic and do not say what is wrong.
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
    """Builds and tests with one fault. Returns "detected", "SURVIVED" or "INVALID"."""
    path = TREE / "src" / file
    original = path.read_text()
    try:
        path.write_text(apply_fault(original, function, pattern, fault))
        if build().returncode != 0:
            return "INVALID"
        return "SURVIVED" if suite_passes() else "detected"
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
