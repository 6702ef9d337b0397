import { message, type MessageTable } from './message.ts'

/** Failures of drawing and exporting analysis overlays. */
export const overlayMessages = {
  'overlays.unknown': (p: { overlay: string; known: string }) =>
    message(
      ['没有这种专题图', `本版本没有专题图“${p.overlay}”。`, `请从以下名称中选择：${p.known}。`],
      ['There is no such overlay', `This version knows no overlay “${p.overlay}”.`, `Choose one of these: ${p.known}.`],
    ),
  'overlays.unknown-parameter': (p: { overlay: string; parameter: string; known: string }) =>
    message(
      ['没有这个参数', `专题图“${p.overlay}”没有参数“${p.parameter}”。`, `可用参数：${p.known || '无'}。`],
      [
        'There is no such parameter',
        `The overlay “${p.overlay}” has no parameter “${p.parameter}”.`,
        `It has these: ${p.known || 'none'}.`,
      ],
    ),
  'overlays.nothing-drawn': (p: { why: string }) =>
    message(
      ['没有可导出的专题图', p.why || '方案缺少所需的图层。', '请补充所缺图层后重新导入，或选择其他专题图。'],
      [
        'No overlay to export',
        p.why || 'The plan lacks the layers that they need.',
        'Import the plan with what is missing, or choose another overlay.',
      ],
    ),
} satisfies MessageTable
