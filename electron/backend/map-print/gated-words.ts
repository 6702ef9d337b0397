import { gateText } from '#core/memo/text-gate.ts'

/** Characters that no font has are drawn as nothing at all: they become a box that can be seen. */
export const gated = (svg: string, covers: (codePoint: number) => boolean): string =>
  svg.replace(/>([^<]+)<\/text>/g, (_whole, text: string) => `>${gateText(text, covers).text}</text>`)
