# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Quality metrics of real digits and of a poor generator, and inputs that cannot be evaluated."""

import json
import re

import numpy
from safetensors.numpy import save_file

from support import MNIST, CommandTest, first_digits, idx_bytes, write_digits

MODELS = MNIST.parent / "models"
JUDGE = ("--judge", MODELS / "judge.safetensors")
FILES = (*JUDGE, "--data", MNIST)


def discs(count, seed, side=16):
    """Discs on white, each of a colour, a place and a size of its own: (count, 3, side, side) bytes."""
    random = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[:side, :side]
    pictures = numpy.full((count, 3, side, side), 255, numpy.uint8)
    for picture in pictures:
        across, down, radius = random.uniform((4, 4, 3), (12, 12, 6))
        color = random.integers(0, 220, 3)
        inside = (x - across) ** 2 + (y - down) ** 2 < radius**2
        picture[:, inside] = color[:, None]
    return pictures


class Eval(CommandTest):
    def evaluate(self, *arguments):
        return json.loads(self.succeed("eval", "--json", *FILES, *arguments))

    def test_real_digits_have_good_metrics(self):
        report = self.evaluate("--real", "--count", "2000")
        self.assertLess(report["digitFid"], 12)
        self.assertGreater(report["meanConfidence"], 0.98)
        self.assertGreater(report["precision"], 0.75)
        self.assertGreater(report["recall"], 0.75)
        self.assertAlmostEqual(sum(report["classShares"]), 1)
        self.assertEqual(report["collapse"], "healthy")
        self.assertAlmostEqual(report["diversity"], 1, delta=0.15)
        self.assertNotIn("classAccuracy", report)
        self.assertNotIn("nearestTrainingDigit", report)

    def test_a_poor_generator_has_bad_metrics_on_any_number_of_threads(self):
        model = ("--model", MODELS / "seed.safetensors", "--count", "500")
        report = self.evaluate(*model)
        self.assertGreater(report["digitFid"], 100)
        self.assertGreater(report["nearestTrainingDigit"], 1)
        self.assertEqual(report, self.evaluate(*model, "--threads", "1"))

    def test_a_conditional_generator_has_a_class_accuracy(self):
        self.train("quick.safetensors", "--preset", "quick", "--steps", "1", "--examples", "200")
        report = self.evaluate("--model", "quick.safetensors", "--count", "100")
        self.assertGreaterEqual(report["classAccuracy"], 0)
        self.assertLess(report["classAccuracy"], 0.5)
        # Features of noise are similar, but that is not collapse.
        self.assertEqual(report["collapse"], "unclear")

    def test_text_has_the_same_metrics(self):
        text = self.succeed("eval", *FILES, "--real", "--count", "100")
        for word in ("digit-FID", "confidence", "precision", "recall", "entropy", "collapse     healthy", "9: "):
            self.assertIn(word, text)

    def test_few_samples_are_told_with_what_they_do_to_digit_fid(self):
        model = ("--model", MODELS / "conditional.safetensors")
        for count in ("100", "500"):
            text = self.succeed("eval", *FILES, *model, "--count", count)
            # This generator is the one of the figures.
            measured = float(re.search(r"digit-FID +([\d.]+)", text)[1])
            stated = float(re.search(rf"3\.26 on 10,000 samples has ([\d.]+) on {count}", text)[1])
            self.assertAlmostEqual(stated, measured, delta=0.06)

    def test_a_generator_of_grey_has_no_precision(self):
        self.train("grey.safetensors", "--preset", "dcgan", "--steps", "1", "--examples", "200")
        report = self.evaluate("--model", "grey.safetensors", "--count", "100")
        self.assertNotIn("precision", report)
        self.assertGreaterEqual(report["diversity"], 0)
        text = self.succeed("eval", *FILES, "--model", "grey.safetensors", "--count", "100")
        self.assertIn("precision    -: the samples are not clear enough", text)

    def test_other_pictures_are_compared_with_their_set(self):
        # White above black, each with a grey square elsewhere: alike, and far from what an untrained generator makes.
        pictures = numpy.full((40, 16, 16), 255)
        pictures[:, 8:] = 0
        for i, picture in enumerate(pictures):
            picture[2 * (i // 8) : 2 * (i // 8) + 6, 2 * (i % 8) : 2 * (i % 8) + 4] = 100
        numpy.save(self.folder / "own.npy", pictures.astype(numpy.uint8))
        self.succeed("train", "--data", "own.npy", "--out", "own.safetensors", "--preset", "mlp", "--steps", "1")
        arguments = ("eval", "--model", "own.safetensors", "--data", "own.npy", "--count", "100")
        report = json.loads(self.succeed(*arguments, "--json"))
        self.assertEqual(report["verdict"], "unlike")
        self.assertEqual(report["pictures"], 40)
        self.assertEqual(report["compared"], 20)
        self.assertTrue(report["ofItsPictures"])
        self.assertGreater(report["nearest"], 1.3 * report["nearestOfReal"])
        self.assertGreater(report["coverageOfReal"], 0.5)
        self.assertLess(report["coverage"], 0.2)
        text = self.succeed(*arguments)
        for word in ("not as close to the pictures yet", "nearest", "copies", "density", "coverage", "diversity", "40 pictures"):
            self.assertIn(word, text)
        other = "the model learned from other pictures than these"
        self.assertNotIn(other, self.run_command(*arguments).stderr)
        numpy.save(self.folder / "other.npy", 255 - pictures.astype(numpy.uint8))
        self.assertIn(other, self.run_command(*arguments[:3], "--data", "other.npy").stderr)
        self.assertFalse(json.loads(self.succeed(*arguments[:3], "--data", "other.npy", "--json"))["ofItsPictures"])

    def verdict_of(self, samples):
        """Of 100 pictures as the samples of a generator that has one for each class, beside 200 discs."""
        size = samples[0].size
        weight = numpy.zeros((size, 102), numpy.float32)
        weight[:, 2:] = samples.reshape(100, size).T / 127.5 - 1
        tensors = {"generator.1.weight": weight, "generator.1.bias": numpy.zeros(size, numpy.float32)}
        save_file(tensors, self.folder / "known.safetensors")
        shape = samples.shape[1:]
        reshape = dict(zip(("type", "channels", "height", "width"), ("reshape", *shape), strict=True))
        layers = [{"type": "class_concat"}, {"type": "linear", "out_features": size}, reshape]
        config = {"preset": "pictures", "sample_shape": shape, "classes": 100, "latent_size": 2}
        config["generator"] = {"layers": layers}
        (self.folder / "known.json").write_text(json.dumps(config))
        numpy.save(self.folder / "discs.npy", discs(200, 1))
        model = ("--model", "known.safetensors", "--config", "known.json", "--data", "discs.npy", "--count", "100")
        return json.loads(self.succeed("eval", *model, "--json"))["verdict"]

    def test_own_pictures_others_of_their_kind_and_one_alone_are_told_apart(self):
        self.assertEqual(self.verdict_of(discs(100, 1)), "memorised")
        self.assertEqual(self.verdict_of(discs(100, 2)), "healthy")
        self.assertEqual(self.verdict_of(discs(1, 2).repeat(100, 0)), "collapsed")
        self.assertEqual(self.verdict_of(numpy.full((100, 3, 16, 16), 128, numpy.uint8)), "unlike")

    def test_digits_are_evaluated_as_they_are(self):
        seed = MODELS / "seed.safetensors"
        for digits in (["--real"], ["--model", seed]):
            draws = "contradicts the model, which draws 28 x 28 pixels, grey"
            self.assert_refused(["eval", *FILES, *digits, "--side", "32"], f"--side 32 {draws}")
            self.assert_refused(["eval", *FILES, *digits, "--colour"], f"--colour {draws}")
            self.assert_refused(["eval", *FILES, *digits, "--invert"], "leave out --invert")

    def test_rejects_what_cannot_be_evaluated(self):
        seed = MODELS / "seed.safetensors"
        self.assert_refused(["eval", *FILES], "--model FILE", "--real")
        self.assert_refused(["eval", *FILES, "--real", "--model", seed], "--model FILE", "--real")
        self.assert_refused(["eval", "--real", "--data", MNIST, "--judge", seed], "not a Ganvas judge")
        self.assert_refused(["eval", "--real", *JUDGE, "--data", "data"], "t10k-images-idx3-ubyte")
        self.train("points.safetensors", "--preset", "toy2d", "--steps", "1")
        self.assert_refused(["eval", *FILES, "--model", "points.safetensors"], "only square pictures")
        self.assert_refused(["eval", *FILES, "--real", "--config", "data"], "--config is for a model")

    def test_fewer_test_digits_than_a_comparison_takes_are_refused(self):
        pixels, labels = first_digits(3)
        write_digits(self.folder / "few")
        (self.folder / "few" / "t10k-images-idx3-ubyte").write_bytes(idx_bytes((3, 28, 28), pixels))
        (self.folder / "few" / "t10k-labels-idx1-ubyte").write_bytes(idx_bytes((3,), labels))
        arguments = ["eval", "--real", *JUDGE, "--data", "few", "--count", "100"]
        self.assert_refused(arguments, "at least 4 test digits are needed, and 'few' has 3")

    def test_pictures_too_large_for_the_judge_are_refused(self):
        numpy.save(self.folder / "large.npy", discs(12, 3, side=64))
        generator = {"layers": [{"type": "linear", "out_features": 40_000}, {"type": "tanh"}]}
        discriminator = {"layers": [{"type": "flatten"}, {"type": "linear", "out_features": 1}, {"type": "sigmoid"}]}
        config = {"preset": "seed", "sample_shape": [1, 200, 200], "generator": generator, "discriminator": discriminator}
        (self.folder / "large.json").write_text(json.dumps(config))
        model = ["--data", "large.npy"]
        self.succeed("train", *model, "--config", "large.json", "--steps", "1", "--out", "large")
        self.assert_refused(["eval", "--model", "large", *model], "(1, 200, 200) cannot be judged")
