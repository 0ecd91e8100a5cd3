# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Quality metrics of real digits and of a poor generator, and inputs that cannot be evaluated."""

import json

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

    def test_rejects_what_cannot_be_evaluated(self):
        seed = MODELS / "seed.safetensors"
        self.assert_refused(["eval", *FILES], "--model FILE", "--real")
        self.assert_refused(["eval", *FILES, "--real", "--model", seed], "--model FILE", "--real")
        self.assert_refused(["eval", "--real", "--data", MNIST, "--judge", seed], "not a Ganvas judge")
        self.assert_refused(["eval", "--real", *JUDGE, "--data", "data"], "t10k-images-idx3-ubyte")
        self.train("points.safetensors", "--preset", "toy2d", "--steps", "1")
        self.assert_refused(["eval", *FILES, "--model", "points.safetensors"], "28 x 28")
