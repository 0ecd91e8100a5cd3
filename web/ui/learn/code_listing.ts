// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// The training loop in PyTorch, with the stations that each line belongs to.

import type { Station } from "../../lessons/chapters";

export interface CodeLine {
  readonly text: string;
  readonly of: readonly Station[];
}

const line = (text: string, ...of: Station[]): CodeLine => ({ text, of });
const gap = line("");

export const LISTING: readonly CodeLine[] = [
  line("to_input = transforms.Compose([", "pixels"),
  line("    transforms.ToTensor(),", "pixels"),
  line("    transforms.Normalize((0.5,), (0.5,)),", "pixels"),
  line("])", "pixels"),
  gap,
  line("gen = nn.Sequential(", "generator"),
  line("    nn.Linear(64, 256), nn.LeakyReLU(0.01),", "generator"),
  line("    nn.Linear(256, 784), nn.Tanh(),", "generator"),
  line(")", "generator"),
  line("disc = nn.Sequential(", "real"),
  line("    nn.Linear(784, 128), nn.LeakyReLU(0.01),", "real"),
  line("    nn.Linear(128, 1), nn.Sigmoid(),", "real"),
  line(")", "real"),
  line("opt_gen = optim.Adam(gen.parameters(), lr=3e-4)", "train_g"),
  line("opt_disc = optim.Adam(disc.parameters(), lr=3e-4)", "train_d"),
  line("criterion = nn.BCELoss()", "losses"),
  gap,
  line("for real, _ in loader:"),
  line("    real = real.view(-1, 784)", "pixels"),
  line("    batch_size = real.shape[0]"),
  line("    noise = torch.randn(batch_size, 64)", "noise"),
  line("    fake = gen(noise)", "generator"),
  gap,
  line("    disc_real = disc(real).view(-1)", "real"),
  line("    disc_fake = disc(fake.detach()).view(-1)", "fake"),
  line("    lossD_real = criterion(", "losses"),
  line("        disc_real, torch.ones_like(disc_real))", "losses"),
  line("    lossD_fake = criterion(", "losses"),
  line("        disc_fake, torch.zeros_like(disc_fake))", "losses"),
  line("    lossD = (lossD_real + lossD_fake) / 2", "losses"),
  line("    opt_disc.zero_grad()", "train_d"),
  line("    lossD.backward()", "train_d"),
  line("    opt_disc.step()", "train_d"),
  gap,
  line("    output = disc(fake).view(-1)", "train_g"),
  line("    lossG = criterion(output, torch.ones_like(output))", "train_g"),
  line("    opt_gen.zero_grad()", "train_g"),
  line("    lossG.backward()", "train_g"),
  line("    opt_gen.step()", "train_g"),
];
