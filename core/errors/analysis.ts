import { message, type MessageTable } from './message.ts'

/** Failures of an analysis run as a whole; missing data is an outcome of an indicator, not an error. */
export const analysisMessages = {
  'analysis.no-layers': (p: { plan: string }) =>
    message(
      ['没有可分析的图层', `方案“${p.plan}”不含任何图层。`, '请先导入图层。'],
      ['Nothing to analyse', `The plan “${p.plan}” holds no layers.`, 'Import layers first.'],
    ),
  'analysis.not-enough-memory': (p: { plan: string; memoryMb: number; freeMb: number }) =>
    message(
      [
        '可用内存不足',
        `测算方案“${p.plan}”估计需要 ${p.memoryMb} MB 内存，而本机此刻只有 ${p.freeMb} MB 可用。`,
        '请关闭其他程序，或在内存更大的电脑上分析；确需在本机运行，请选择“仍然分析”（命令行加 --even-if-short）。',
      ],
      [
        'Not enough free memory',
        `Measuring the plan “${p.plan}” takes an estimated ${p.memoryMb} MB; this machine has ${p.freeMb} MB free now.`,
        'Close other programs, or analyse on a machine with more memory. To run it here all the same, choose “Analyse anyway” (on the command line --even-if-short).',
      ],
    ),
  'analysis.unknown-parameter': (p: { parameter: string; known: string }) =>
    message(
      ['未知的指标参数', `没有名为“${p.parameter}”的指标参数。`, `请改用以下参数之一：${p.known}。`],
      ['Unknown parameter', `No indicator has a parameter “${p.parameter}”.`, `Use one of: ${p.known}.`],
    ),
  'analysis.ambiguous-parameter': (p: { parameter: string; choices: string }) =>
    message(
      ['指标参数不明确', `多个指标都有参数“${p.parameter}”。`, `请写明指标：${p.choices}。`],
      ['Ambiguous parameter', `Several indicators have a parameter “${p.parameter}”.`, `Name the indicator: ${p.choices}.`],
    ),
  'analysis.parameter-out-of-range': (p: { parameter: string; value: number; min: number; max: number }) =>
    message(
      ['参数超出范围', `参数“${p.parameter}”为 ${p.value}，允许范围为 ${p.min}–${p.max}。`, '请修改参数后重新分析。'],
      [
        'Parameter out of range',
        `“${p.parameter}” is ${p.value}; it may be ${p.min} to ${p.max}.`,
        'Correct the parameter and analyse again.',
      ],
    ),
  'analysis.overlay-failed': (p: { layer: string; fid: number }) =>
    message(
      [
        '图层叠加失败',
        `图层“${p.layer}”中编号为 ${p.fid} 的要素无法与另一图层叠加。`,
        '请检查并修正该要素的几何图形，然后重新导入。',
      ],
      [
        'Overlay failed',
        `Feature ${p.fid} of the layer “${p.layer}” could not be cut against the other layer.`,
        'Check and correct the shape of this feature, then import the layer again.',
      ],
    ),
  'analysis.no-session': (p: { session: string }) =>
    message(
      ['试改已结束', `没有编号为“${p.session}”的试改；它可能已关闭，或被更新的试改取代。`, '请重新开始试改。'],
      [
        'This trial has ended',
        `There is no trial “${p.session}”: it was closed, or newer ones took its place.`,
        'Start a new one.',
      ],
    ),
  'analysis.no-such-layer': (p: { role: string }) =>
    message(
      ['没有可修改的图层', `方案没有“${p.role}”图层，无法试改。`, '请选择方案已有的图层，或先导入该图层。'],
      [
        'No layer to edit',
        `The plan has no layer of role “${p.role}”.`,
        'Choose a layer that the plan has, or import one first.',
      ],
    ),
  'analysis.no-such-feature': (p: { role: string; fid: number }) =>
    message(
      ['没有这个要素', `“${p.role}”图层中没有编号为 ${p.fid} 的要素，或它已被删除。`, '请在地图上重新选择要素。'],
      [
        'No such feature',
        `The layer “${p.role}” has no feature ${p.fid}, or it was deleted.`,
        'Choose the feature on the map again.',
      ],
    ),
  'analysis.no-such-drawing': (p: { number: number }) =>
    message(
      ['没有这个新绘要素', `没有第 ${p.number} 个新绘的要素，或它已被撤销。`, '请在地图或列表中重新选择。'],
      [
        'No such drawing',
        `Nothing was drawn as number ${p.number}, or it was taken back.`,
        'Choose it on the map or in the list again.',
      ],
    ),
  'analysis.beyond-frame': (p: { role: string }) =>
    message(
      ['坐标超出范围', `“${p.role}”图层的新图形离方案太远（超过 2,147 公里）。`, '请检查坐标及其坐标系。'],
      [
        'Coordinates out of reach',
        `The new shape in the layer “${p.role}” lies too far from the plan (more than 2,147 km).`,
        'Check the coordinates and what system they are in.',
      ],
    ),
  'analysis.empty-shape': (p: { role: string }) =>
    message(
      ['图形为空', `“${p.role}”图层的新图形不围合任何面积（或没有长度）。`, '请画出至少三个不在一条直线上的顶点。'],
      [
        'Empty shape',
        `The new shape in the layer “${p.role}” encloses nothing (or has no length).`,
        'Draw at least three vertices that are not on one line.',
      ],
    ),
  'analysis.frames-differ': (p: { role: string }) =>
    message(
      ['图层坐标框架不一致', `“${p.role}”的多个图层不在同一坐标框架内，无法合并。`, '请重新导入该方案。'],
      [
        'Layers do not share one frame',
        `The layers of role “${p.role}” lie in different frames and cannot be read together.`,
        'Import the plan again.',
      ],
    ),
} satisfies MessageTable
