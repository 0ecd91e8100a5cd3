# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""`ganvas eval` on several ranks has the numbers of one process, to the bit, and is told by one of them."""

import numpy

from mpi_support import MpiTest
from support import MNIST

MODELS = MNIST.parent / "models"
JUDGE = ("--judge", MODELS / "judge.safetensors")


class Eval(MpiTest):
    def assert_same(self, ranks, *arguments):
        alone = self.succeed("eval", "--json", *arguments)
        for count in ranks:
            with self.subTest(ranks=count, arguments=arguments):
                together = self.run_ranks(count, "eval", "--json", *arguments, "--threads", "1")
                self.assertEqual(together.returncode, 0, together)
                self.assertEqual(together.stdout, alone)

    def test_generated_digits(self):
        # 100 samples are seven times 16, which three ranks do not divide, and of which the last of eight has none.
        model = ("--model", MODELS / "conditional.safetensors", "--count", "100")
        self.assert_same((3, 8), *JUDGE, "--data", MNIST, *model)

    def test_real_digits(self):
        self.assert_same((2,), *JUDGE, "--data", MNIST, "--real", "--count", "200")

    def test_other_pictures(self):
        random = numpy.random.default_rng(1)
        numpy.save(self.folder / "own.npy", random.integers(0, 256, (60, 16, 16)).astype(numpy.uint8))
        self.succeed("train", "--data", "own.npy", "--out", "own.safetensors", "--preset", "mlp", "--steps", "1")
        self.assert_same((2, 4), "--model", "own.safetensors", "--data", "own.npy", "--count", "200")

    def test_ranks_that_evaluate_different_things(self):
        self.train("one.safetensors", "--preset", "quick", "--steps", "1", "--examples", "100")
        self.train("two.safetensors", "--preset", "quick", "--steps", "2", "--examples", "100")
        one = ("eval", *JUDGE, "--data", MNIST, "--model", "one.safetensors", "--count", "100")
        for other, reason in (
            ((*one[:-4], "--model", "two.safetensors", "--count", "100"), "rank 1 has another model"),
            ((*one[:-1], "200"), "rank 1 has another number of samples, '200', than rank 0, '100'"),
            ((*one, "--seed", "2"), "rank 1 has another seed"),
            ((*one[:-4], "--model", "missing", "--count", "100"), "rank 1: "),
        ):
            with self.subTest(reason=reason):
                done = self.run_each(one, other)
                self.assert_one_reason(done, reason)
                self.assertEqual(done.returncode, 2)
                self.assertEqual(done.stdout, "")
