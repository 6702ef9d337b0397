import { greenprint } from './command-line.ts'

/** Somebody judges the park area of the only review in a catalogue. */
export const judge = (catalogue: string, level: string, reason: string): string =>
  greenprint('review', '--catalogue', catalogue, '--item', 'A04', '--level', level, '--reason', reason)

/** A review in a catalogue, and the same in that of a colleague, `guest`, who judges an item otherwise. */
export function sharedReview(at: (name: string) => string, catalogue: string): void {
  greenprint('sample', at('city'), '--parcels', '1000')
  greenprint('import', at('city/plan.json'), '--catalogue', catalogue)
  judge(catalogue, '2', '现场踏勘')
  greenprint('package', '-o', at('out.greenprint'), '--catalogue', catalogue, '--with-plan')
  greenprint('merge', at('guest'), at('out.greenprint'))
  judge(at('guest'), '4', '图纸标注三处入口')
}
