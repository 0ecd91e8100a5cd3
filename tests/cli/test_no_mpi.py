# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""A command built without MPI does not train several runs where one was meant."""

import os

from support import CommandTest


class NoMpi(CommandTest):
    @classmethod
    def options(cls, arguments):
        return {**super().options(arguments), "env": {**os.environ, "PMIX_RANK": "1"}}

    def test_says_how_to_build_it_with_mpi(self):
        self.assert_refused(
            ["train", "--data", "data", "--shards", "2", "--steps", "1"], "built without MPI", "-DGANVAS_MPI=ON"
        )
