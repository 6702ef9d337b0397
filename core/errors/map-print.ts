import { message, type MessageTable } from './message.ts'

/** Failures of maps on paper. */
export const mapPrintMessages = {
  'map.nothing-to-print': (_: Record<string, never>) =>
    message(
      ['没有可以打印的内容', '所选图层在图幅范围内没有图形。', '请打开至少一个矢量图层，或移动图幅、改小比例尺后重试。'],
      [
        'There is nothing to print',
        'The chosen layers have no shape within the sheet.',
        'Switch on at least one vector layer, or move the sheet or take a smaller scale.',
      ],
    ),
  'map.no-theme': (p: { theme: string; known: string }) =>
    message(
      ['没有这个主题', `地图没有名为“${p.theme}”的主题。现有：${p.known || '无'}。`, '请核对名称，或先在图层面板中保存该主题。'],
      [
        'There is no such theme',
        `The map has no theme “${p.theme}”. There are: ${p.known || 'none'}.`,
        'Check the name, or save the theme in the layers panel first.',
      ],
    ),
  'map.print-timeout': (p: { seconds: number }) =>
    message(
      ['打印地图超时', `${p.seconds} 秒内未能完成，已停止。`, '请关闭部分图层，或改用更小的幅面。'],
      [
        'Printing the map took too long',
        `It was not finished within ${p.seconds} seconds and was stopped.`,
        'Switch some layers off, or take a smaller paper.',
      ],
    ),
  'map.print-too-large': (p: { memoryMb: number }) =>
    message(
      ['地图过大', `打印所需内存超出 ${p.memoryMb} MB，已停止。`, '请关闭部分图层，或改用更小的幅面。'],
      [
        'The map is too large',
        `Printing needs more than ${p.memoryMb} MB; it was stopped.`,
        'Switch some layers off, or take a smaller paper.',
      ],
    ),
} satisfies MessageTable
