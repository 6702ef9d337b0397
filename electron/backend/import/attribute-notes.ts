import { MAP_THE_CLASSES } from '#core/model/asides.ts'
import type { Note } from '#core/model/plan.ts'
import { landClass } from '#core/reference/land-classes.ts'
import { bilingual } from '#core/text.ts'

/** What a reader must know of the classes of a layer; one function per sentence. */

const MOST_SHOWN = 12

const titled = (code: string): { zh: string; en: string } => {
  const known = landClass(code)
  return { zh: `${code}${known ? ` ${known.zh}` : ''}`, en: `${code}${known ? ` ${known.en}` : ''}` }
}

/** One source value, the class that was taken for it, and how many features carry it. */
export interface TakenClass {
  value: string
  code: string
  count: number
}

const sum = (taken: readonly TakenClass[]): number => taken.reduce((total, { count }) => total + count, 0)
const listZh = (taken: readonly TakenClass[]): string =>
  `${taken
    .slice(0, MOST_SHOWN)
    .map(({ value, code, count }) => `${value}→${titled(code).zh}×${count}`)
    .join('，')}${taken.length > MOST_SHOWN ? '…' : ''}`
const listEn = (taken: readonly TakenClass[]): string =>
  `${taken
    .slice(0, MOST_SHOWN)
    .map(({ value, code, count }) => `${value} → ${titled(code).en} × ${count}`)
    .join(', ')}${taken.length > MOST_SHOWN ? ' …' : ''}`

/** Codes of an older classification that stand for several classes of 2023. */
export const toBeDividedNote = (taken: readonly TakenClass[]): Note => ({
  severity: 'warning',
  code: 'class.to-be-divided',
  params: { features: sum(taken), values: taken.map(({ value, code, count }) => ({ value, code, count })) },
  text: bilingual(
    `待细分：${sum(taken)} 个要素的原代码对应多个 2023 年地类，暂取第一个：${listZh(taken)}。${MAP_THE_CLASSES.zh}`,
    `To be divided: the source code of ${sum(taken)} features stands for several classes of 2023; the first was taken: ${listEn(taken)}.${MAP_THE_CLASSES.en}`,
  ),
})

/** Values that name several uses ("0901/0701"). */
export const mixedClassNote = (taken: readonly TakenClass[]): Note => ({
  severity: 'info',
  code: 'class.mixed',
  params: { features: sum(taken), values: taken.map(({ value, code, count }) => ({ value, code, count })) },
  text: bilingual(
    `${sum(taken)} 个要素为混合用地，按第一用途计：${listZh(taken)}。`,
    `${sum(taken)} features are of mixed use and count as their first: ${listEn(taken)}.`,
  ),
})

/** A code whose name beside it means another class. */
export interface Contradiction {
  value: string
  name: string
  code: string
  named: string
  rows: number[]
  count: number
}

export function codeNameNote(found: readonly Contradiction[]): Note {
  const features = found.reduce((total, { count }) => total + count, 0)
  const shown = found.slice(0, MOST_SHOWN)
  const more = found.length > MOST_SHOWN
  const zh = shown.map(
    ({ value, name, named, count, rows }) =>
      `${value}“${name}”（名称应为 ${titled(named).zh}）×${count}，第 ${rows.join('、')} 行${count > rows.length ? '等' : ''}`,
  )
  const en = shown.map(
    ({ value, name, named, count, rows }) =>
      `${value} “${name}” (the name means ${titled(named).en}) × ${count}, row${rows.length === 1 ? '' : 's'} ${rows.join(', ')}${count > rows.length ? ' …' : ''}`,
  )
  return {
    severity: 'warning',
    code: 'class.code-name-mismatch',
    params: {
      features,
      pairs: shown.map(({ value, name, code, named, count, rows }) => ({ value, name, code, named, count, rows })),
    },
    text: bilingual(
      `${features} 个要素的地类代码与名称不一致，按代码计：${zh.join('；')}${more ? '…' : ''}。`,
      `The class code and name of ${features} features disagree; the code counts: ${en.join('; ')}${more ? ' …' : ''}.`,
    ),
  }
}
