# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Quality metrics of real digits and of a poor generator, and inputs that cannot be evaluated."""

import json

import numpy

from support import MNIST, CommandTest

MODELS = MNIST.parent / "models"
JUDGE = ("--judge", MODELS / "judge.safetensors")
FILES = (*JUDGE, "--data", MNIST)


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
        self.assertIn("3.35 with 10,000 has 46.7 with 100", self.succeed("eval", *FILES, *model, "--count", "100"))

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
        for word in ("do not look like the pictures yet", "nearest", "copies", "density", "coverage", "diversity", "40 pictures"):
            self.assertIn(word, text)
        other = "the model learned from other pictures than these"
        self.assertNotIn(other, self.run_command(*arguments).stderr)
        numpy.save(self.folder / "other.npy", 255 - pictures.astype(numpy.uint8))
        self.assertIn(other, self.run_command(*arguments[:3], "--data", "other.npy").stderr)
        self.assertFalse(json.loads(self.succeed(*arguments[:3], "--data", "other.npy", "--json"))["ofItsPictures"])

    def test_rejects_what_cannot_be_evaluated(self):
        seed = MODELS / "seed.safetensors"
        self.assert_refused(["eval", *FILES], "--model FILE", "--real")
        self.assert_refused(["eval", *FILES, "--real", "--model", seed], "--model FILE", "--real")
        self.assert_refused(["eval", "--real", "--data", MNIST, "--judge", seed], "not a Ganvas judge")
        self.assert_refused(["eval", "--real", *JUDGE, "--data", "data"], "t10k-images-idx3-ubyte")
        self.train("points.safetensors", "--preset", "toy2d", "--steps", "1")
        self.assert_refused(["eval", *FILES, "--model", "points.safetensors"], "only square pictures")
