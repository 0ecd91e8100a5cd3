// SPDX-FileCopyrightText: 2026 The Ganvas authors
// SPDX-License-Identifier: MIT
//
// Learn in Simplified Chinese.

import type { Labels, LessonTexts } from "./texts";

const percent = (share: number): string => `${Math.round(100 * share)}%`;
const or0 = (value: number | undefined): number => value ?? 0;
const small = (value: number): string => (value < 0.001 ? "不到 0.001" : `是 ${value.toFixed(3)}`);
const count = (value: number): string => value.toLocaleString("zh-Hans");
const times = (larger = 0, smaller = 0): string => count(Number((larger / smaller).toPrecision(2)));

const labels: Labels = {
  before: "更新前",
  after: "更新后",
  number: "数值",
  layer: "层",
  output: "输出",
  weights: "权重",
  onAverage: "（平均）",
  ends: { fake: "假", real: "真" },
  stripOfReal: (mean) => `判别器对真实数字的打分，平均 ${mean}`,
  stripOfFake: (mean) => `判别器对假图的打分，平均 ${mean}`,
  ifDOutput: "假如 D 的输出是",

  pixel: (row, column) => `第 ${row} 行，第 ${column} 列`,
  pixelButton: (place) => `${place}的像素；用方向键移动`,
  rowOfPixels: (row) => `网络看到的第 ${row} 行，取值 −1 到 1`,
  otherDigits: "换一个数字",
  picture: (number) => `这一批的第 ${number} 个数字`,

  noiseShape: (rows, width) => `noise：${rows} × ${width} 个数`,
  noiseOfStep: (step) => `第 ${step} 步抽到的`,
  noiseOfSeed: (seed) => `为你抽的，种子 ${seed}`,
  noiseRow: (row, width) => `第 ${row} 张图的 ${width} 个数`,
  whichPicture: "第几张",
  noiseAll: (count) => `全部 ${count} 个数，与钟形曲线对照`,
  meanAndDeviation: (mean, deviation) => `均值 ${mean}，标准差 ${deviation}`,
  newNoise: "换一批噪声",

  noiseTiles: "噪声，每个数一格，深浅表示大小",
  noiseOfOne: "噪声",
  hiddenTiles: "隐藏层的输出",
  unitsOn: (on, all) => `${all} 个中有 ${on} 个大于 0`,
  madePicture: "生成器由此画出的图",
  between: "从一份噪声滑到另一份",
  rangeHere: "范围",

  dOnReal: (count) => `判别器给这 ${count} 个真实数字的打分（画出 16 个）`,
  noiseOnDigits: "给数字加噪点",

  dOnFake: (count) => `判别器给这 ${count} 张假图的打分（画出 16 张）`,
  fakePicture: (number, probability) => `第 ${number} 张假图，D 的输出是 ${probability}`,
  fakeNumber: (number) => `第 ${number} 张假图`,
  slopesName: "对 D 的影响",
  slopesLabel: "每个像素多一点墨，判别器的打分怎么变",
  slopes: ["这里多一点墨，看上去", "更真", "更假"],
  pullOfG: "lossG 的拉力",
  pullOfD: "lossD 漏过来的拉力",
  pullCut: "lossD：被 detach 截断",
  pullSum: "传到生成器的合力",
  pullsLabel: "两个损失各把这张假图往真或假的方向拉多少",
  dOutput: "D 的输出",
  gradientPath: (detached) =>
    detached ? "lossD 的梯度穿过 D 往回走，在 detach 处止步" : "lossD 的梯度穿过 D，一直流进生成器",
  nothingCancelled: "有 detach，传到生成器的只有 lossG 的梯度，一分不少。",
  cancelled: (share) =>
    share < 0.995
      ? `没有它，lossG 对这张假图的拉力被抵消 ${percent(share)}。`
      : share < 1.005
        ? "没有它，lossG 对这张假图的拉力抵消得一点不剩。"
        : "没有它，拉力反了过来：生成器会把这张图改得更假。",

  curvesTitle: "一张图的损失，取决于 D 的输出",
  curvesLabel: "两条曲线：真图的 −log p 下降，假图的 −log(1 − p) 上升",
  curvesAxis: "D 的输出",
  ifReal: "真图的损失",
  ifFake: "假图的损失",
  ofThisBatch: "这一批的损失",
  meanOf: (count) => `${count} 个的平均：`,
  computedByCore: (loss) => `Ganvas 算得 ${loss}`,

  learningRate: "学习率",
  gradientNorm: "梯度",
  afterUpdateOfD: "D 更新之后，还是这些图",
  afterUpdateOfG: "G 更新之后，还是这份噪声",
  targetOne: "目标是 1",
  targetZero: "目标是 0",
  lowerIsBetter: "越小越好",
  targetOfG: "G 的目标是 1",
  inkMoved: "变化",
  largestChange: (value) => `“变化”一行里，中灰表示没变。单个像素最多变了 ${value}。`,

  stations: "一步训练",
  experiments: "弄坏它",
  previous: "上一站",
  next: "下一站",
  tryThis: "试试",
  code: "用 PyTorch 写",
  codeNote: "亮着的是这一站的代码。",
  trained: (step) => `你看到的是这个 GAN 的第 ${step} 步。接着训练：`,
  trainMore: (steps) => `+${steps} 步`,
  fromStart: "回到第 1 步",
  untrained: "谁都还没学：D 对每张图都输出 ½ 左右。",
  preparing: "正在为这一课训练一个小 GAN",
  failed: "这一课的 GAN 没能建起来。",

  stop: "停",
  again: "再跑一次",
  progress: (done, all) => `第 ${done} 步，共 ${all} 步`,
  whatHappened: "结果",
  guessed: (guess) => `你猜的是：${guess}`,
  samples: "样本",
  figures: {
    modes: "到达的点簇（共 8 个）",
    onSpots: "落在点簇上的样本",
    readable: "能按要求认出的数字",
    dFake: "D(G(z))",
    lossG: "lossG",
    gradientG: "G 的梯度",
    cosine: "漏过来的与 lossG 的夹角余弦",
    left: "lossG 的梯度还剩",
  },
  runFailed: "这一组发散了：数值大到无法表示。",
};

export const chinese: LessonTexts = {
  labels,
  stations: {
    pixels: {
      name: "像素",
      title: "图片变成数字",
      body: [
        "GAN 是两个网络的对局。**生成器**拿随机数画图，想让画出来的东西以假乱真；**判别器**看真图也看假图，想把它们分清。下面八站，走完这盘棋的一个回合：一步训练。",
        "先看真图。一个像素就是一个字节：0 是空白，255 是墨色最浓。`ToTensor` 把它除以 255，`Normalize` 再减 0.5、除以 0.5，于是落在 −1 到 1 之间，正好是生成器画得出来的范围。",
      ],
      change: "指一指别的像素，或者换一个数字。",
    },
    noise: {
      name: "噪声",
      title: "一切从噪声开始",
      body: [
        "每张假图都从 64 个随机数开始。`randn` 按钟形曲线来抽：大多挨着 0，超出 ±3 的很少。",
        "这些数眼下没有含义。训练会让生成器赋予它们含义：换一组数，就是另一张图。",
      ],
      change: "换一批噪声：柱子全变了，钟形没变。",
    },
    generator: {
      name: "生成器",
      title: "生成器把噪声画成图",
      body: [
        "`Linear` 层把收到的数各乘一个**权重**再加起来。`LeakyReLU` 放行大于 0 的和，把小于 0 的压到几乎无声。64 个数变成 256 个，再变成 784 个，最后 `Tanh` 把每个都压进 −1 到 1：一张图。",
        "生成器从没见过真的数字。它能学到的一切，都来自判别器的打分。",
      ],
      change: "从一份噪声滑到另一份：图跟着变，没有跳跃。",
    },
    real: {
      name: "D 看真图",
      title: "判别器看真实的数字",
      body: [
        "它的方向相反：784 个像素，128 个数，最后一个数。`Sigmoid` 把它变成概率 **D(x)**：在 D 看来，这张图有多大可能是真的。",
        "对真图，它的目标是 1。每个圆点是这一批里的一个数字。",
      ],
      change: "给数字加点噪点，看加到多少 D(x) 才掉下来。",
    },
    fake: {
      name: "D 看假图",
      title: "它看假图，`detach` 截住梯度",
      body: [
        "对假图，它的输出记作 D(G(z))，目标是 0。损失会往回送**梯度**，告诉每个权重该往哪边动。假图出自生成器，lossD 的梯度会接着流进去。",
        "可是 lossD 把 D(G(z)) 往下压，生成器自己的损失把它往上推，加在一起就互相抵消。`detach()` 只把像素交出去，切断与生成器的联系。",
        "在这份代码里，`opt_gen.zero_grad()` 紧挨在 `lossG.backward()` 前面，漏过来的会被清掉，少写 `detach` 只是白算一趟。要是只在循环开头清零一次，漏过来的就留下了。",
      ],
      change: "取消勾选 `detach`，再把 D 的输出一点点调高。",
    },
    losses: {
      name: "损失",
      title: "两项合成一个损失",
      body: [
        "**损失**衡量输出错得有多厉害。一张真图的损失是 −log D(x)：D 输出 1 时为零，越接近 0 就越大。一张假图的损失是 −log(1 − D(G(z)))。这就是二元交叉熵 `BCELoss`。",
        "先对一批取平均，再对两项取平均，就是 lossD。永远输出 ½ 的判别器，损失是 0.693。",
      ],
      change: "拖动 D 的输出：又肯定又错时，损失最大。",
    },
    train_d: {
      name: "D 学习",
      title: "判别器学习",
      body: [
        "`backward()` 为 D 的每个权重求出 lossD 的梯度，优化器再让每个权重往损失变小的方向挪一点。挪多远，由**学习率**决定。",
        "然后把同一批再看一遍：lossD 变小了。D(x) 和 D(G(z)) 里可能有一个稍稍让步，因为算数的是两项之和。",
      ],
      change: "把学习率放大十倍、一百倍，重走这同一步。步子不是越大越好。",
    },
    train_g: {
      name: "G 学习",
      title: "生成器学习",
      body: [
        "轮到另一方。同样的假图交给刚学过的判别器，这回目标是 1：lossG = −log D(G(z))。",
        "梯度穿过 D 往回走（D 的权重这次不动），走到像素：这里添点墨，那里减一点；再往回，走到生成器的权重。",
        "这就是一步。认得出的数字是几千步之后才成形的。",
      ],
      change: "学习率调大些，看墨往哪里走；再多训练几步回来看看。",
    },
  },
  experiments: {
    collapse: {
      name: "模式坍塌",
      title: "看模式坍塌怎么发生",
      body: [
        "蓝色是真实的点，围成一圈，共八个点簇。好的生成器八处都到。",
        "**模式坍塌**就是到不了：它找到一种蒙得过去的样本，就只画这一种。",
        "两组只差一处：第二组生成器的学习率是第一组的二十倍。",
      ],
      question: "第二组的样本会落在哪里？",
      guesses: ["八处都到，只是更快", "挤成一团，到处乱跳", "满方框都是"],
      healthy: "两个网络都用 0.001",
      broken: "生成器用 0.02",
      verdict: ({ steps, healthy, broken, shown }) => [
        `走完 ${count(steps)} 步，第一组到达 8 处中的 **${healthy.modes} 处**，第二组 **${broken.modes} 处**。`,
        shown
          ? "学得太快的生成器，把样本全扔到判别器眼下打分最高的那一处。判别器学会给那里打低分，这一团就跳到下一处。换成数字，就是每张图都一个样。"
          : "这一回它没有坍塌，不过多半会。换一组随机数再跑一次看看。",
      ],
    },
    detach: {
      name: "去掉 detach",
      title: "把 `detach` 去掉",
      body: [
        "第二组的代码只少一个词。lossD 的梯度也流进生成器，和 lossG 的加在一起，就像只在循环开头清零一次那样。",
        "两组用的都是 Wasserstein 损失：lossD 要 D(G(z)) 低，lossG 要它高，力气一样大。",
        "换成教程里的损失，漏过来的只抵消一部分（第 5 站看过）。用五个种子实测：四个学得和有 `detach` 时一样好，一个坍塌了。",
      ],
      question: "没有 `detach`，生成器会怎样？",
      guesses: ["照样学得好", "学得动，但慢", "什么也学不到"],
      healthy: "有 `detach`",
      broken: "没有",
      verdict: ({ steps, healthy, broken, shown }) => [
        `走完 ${count(steps)} 步，落在点簇上的样本，有 detach 的是 **${percent(or0(healthy.onSpots))}**，没有的是 **${percent(or0(broken.onSpots))}**。`,
        `漏过来的梯度和 lossG 自己的对着干：夹角余弦是 ${or0(broken.cosine).toFixed(2)}，−1 就是完全相反。`,
        shown
          ? "一个损失刚搭好，另一个在同一步里就拆掉。PyTorch 起初会报错：第二次 `backward()` 找不到计算图了。加上 `retain_graph=True` 错误不见了，然后就成了这样。"
          : "这一回差别不大。换一组随机数再跑一次看看。",
      ],
    },
    strong: {
      name: "D 太强",
      title: "让判别器强过头",
      body: [
        "判别器越高明，生成器也该越高明吧？于是第二组的判别器每一步学三次，每次的学习率也是第一组的三倍。",
        "两组用的都是最初定义 GAN 的损失 **minimax**：生成器要让 log(1 − D(G(z))) 变小。每一列要求画同一个数字，从 0 到 9，再由一个分类器来认。",
      ],
      question: "第二组的生成器会怎样？",
      guesses: ["数字画得更好", "没多大差别", "学不动了"],
      healthy: "D 每步学一次，0.001",
      broken: "D 每步学三次，0.003",
      verdict: ({ steps, healthy, broken, shown }) => [
        `走完 ${count(steps)} 步，能按要求认出的数字，第一组有 **${percent(or0(healthy.readable))}**，第二组有 **${percent(or0(broken.readable))}**。`,
        `强判别器给假图的平均分${small(or0(broken.dFake))}。生成器的梯度通常只有第一组的 ${times(healthy.gradientG, broken.gradientG)} 分之一。`,
        shown
          ? "每张假图的分数都接近 0，把图改一改，lossG 几乎不变，就看不出往哪边改会好些。梯度**消失**了，生成器停在原地。"
          : "这一回生成器照样在学，不过多半学不动。换一组随机数再跑一次看看。",
      ],
    },
    saturating: {
      name: "G 的两种损失",
      title: "换个写法写生成器的损失",
      body: [
        "两组都是上一个实验里的强判别器，差别只在生成器的损失。",
        "第二组：让 log(1 − D(G(z))) 变小，也就是 minimax。第一组：让 log D(G(z)) 变大，就是教程里的 lossG。两者都把 D(G(z)) 往上推；可是当 D(G(z)) 接近 0 时，minimax 几乎没有梯度传回，教程的损失则几乎全部传回。",
      ],
      question: "换个写法有用吗？",
      guesses: ["没用：都往同一个方向推", "有用：生成器学得动了", "没用：第一组也会坏掉"],
      healthy: "lossG = −log D(G(z))",
      broken: "lossG = log(1 − D(G(z)))",
      verdict: ({ steps, healthy, broken, shown }) => [
        `走完 ${count(steps)} 步，能按要求认出的数字，用教程的损失有 **${percent(or0(healthy.readable))}**，用 minimax 有 **${percent(or0(broken.readable))}**。`,
        `用教程的损失，生成器的梯度是另一组的 ${times(healthy.gradientG, broken.gradientG)} 倍。`,
        shown
          ? "判别器断定一张图是假的时候，minimax **饱和**了：对 `Sigmoid` 之前的那个数求导，斜率大小只有 D(G(z))，几乎为 0；教程损失的是 1 − D(G(z))，几乎为 1。所以通常都用它。"
          : "这一回 minimax 也行，不过多半不行。换一组随机数再跑一次看看。",
      ],
    },
  },
};
