// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// What the page as one file does not hold.

import { msg, str } from "@lit/localize";
import { MAX_EXAMPLES } from "../../../../config/supply";
import { formatCount } from "../../../../ui/platform/format";

type Words = typeof import("../../../../ui/words/supply_words");

export const aboutDigits: Words["aboutDigits"] = () =>
  msg(str`This file holds ${formatCount(MAX_EXAMPLES)} digits. The page on the web has 60,000.`);

export const aboutNetworks: Words["aboutNetworks"] = () =>
  msg("DCGAN and the tutorial’s GAN: on the web page");

export const aboutOnnx: Words["aboutOnnx"] = () => msg("ONNX: on the web page");
