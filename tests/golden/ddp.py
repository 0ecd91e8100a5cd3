# SPDX-FileCopyrightText: 2026 The Ganvas authors
# SPDX-License-Identifier: MIT
"""Golden runs of torch.nn.parallel.DistributedDataParallel: one process for each shard, connected by gloo.

Called by generate.py. It averages the gradients of processes, not of samples, and sends the first process's buffers to all;
so batches are divided evenly, and the networks have no batch norm.
"""

import os
import socket
import tempfile

import torch
from torch import distributed, multiprocessing
from torch.nn.parallel import DistributedDataParallel

import family


class DdpRun(family.Run):
    """What one process does."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.parallel = {
            network: DistributedDataParallel(network, broadcast_buffers=False) for network in (self.g, self.d)
        }

    def pass_through(self, network, *arguments):
        return super().pass_through(self.parallel[network], *arguments)

    def step(self, number):
        super().step(number)
        losses = torch.tensor([self.loss_d, self.loss_g], dtype=torch.float64)
        distributed.all_reduce(losses)
        self.loss_d, self.loss_g = (losses / self.shards).tolist()


def run_process(shard, port, results, config, initial, inputs, variants, sampling):
    torch.set_num_threads(1)
    address = f"tcp://127.0.0.1:{port}?use_libuv=0"
    distributed.init_process_group("gloo", init_method=address, rank=shard, world_size=config["shards"])
    out = [DdpRun(config, initial, inputs, *variant, shard).train(sampling) for variant in variants]
    if shard == 0:
        torch.save(out, results)
    distributed.destroy_process_group()


def train_all(config, initial, inputs, variants, sampling):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results")
        arguments = (port, results, config, initial, inputs, variants, sampling)
        multiprocessing.spawn(run_process, arguments, nprocs=config["shards"])
        return torch.load(results)
