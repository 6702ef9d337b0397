import type { Bilingual } from '#core/text.ts'

/** What the check says of a draft, in words; the check itself speaks to developers. */
const WORDS: readonly [RegExp, (...found: string[]) => Bilingual][] = [
  [/^duplicate id "(.*)"$/, (id) => ({ zh: `编号“${id}”重复`, en: `The id “${id}” is used twice` })],
  [
    /^weights sum to (.*), not 100$/,
    (sum) => ({ zh: `全部权重合计 ${short(sum)}，应为 100`, en: `All weights sum to ${short(sum)}, not 100` }),
  ],
  [
    /^says (.*), but the items of (.*) sum to (.*)$/,
    (says, id, sum) => ({
      zh: `维度 ${id} 写明 ${short(says)}，而其条目合计 ${short(sum)}`,
      en: `Dimension ${id} says ${short(says)}, but its items sum to ${short(sum)}`,
    }),
  ],
  [/needs a number$/, () => ({ zh: '此条件须填数值', en: 'This condition needs a number' })],
  [/takes no number$/, () => ({ zh: '此条件不填数值', en: 'This condition takes no number' })],
  [/^holds no edge$/, () => ({ zh: '至少填写一个分界值', en: 'Give at least one edge' })],
  [/^edges must rise/, () => ({ zh: '分界值须从 1 级到 4 级递增', en: 'Edges must rise from level 1 to 4' })],
  [/^edges must fall/, () => ({ zh: '分界值须从 1 级到 4 级递减', en: 'Edges must fall from level 1 to 4' })],
  [/^there is no dimension "(.*)"$/, (id) => ({ zh: `没有维度“${id}”`, en: `There is no dimension “${id}”` })],
  [/^levels 0 to 4/, () => ({ zh: '0 至 4 级须各有一条，依次排列', en: 'Levels 0 to 4 must each appear once, in order' })],
  [/^unknown kind of data "(.*)"$/, (need) => ({ zh: `不认识的资料“${need}”`, en: `Unknown kind of data “${need}”` })],
  [/^there is no opinion "(.*)"$/, (id) => ({ zh: `没有结论“${id}”`, en: `There is no opinion “${id}”` })],
  [/^bands must fall/, () => ({ zh: '结论分档须由高到低', en: 'Bands must fall from best to worst' })],
  [/^the last band must start at 0$/, () => ({ zh: '最低一档须从 0 开始', en: 'The last band must start at 0' })],
  [/^Too small.*array/, () => ({ zh: '至少选一项', en: 'Choose at least one' })],
  [/^Too small.*string/, () => ({ zh: '不能为空', en: 'Must not be empty' })],
  [/^Too small.*number.*>0/, () => ({ zh: '须大于 0', en: 'Must be above 0' })],
]

/** "99.99999999999999" is 100 to everybody but a computer; still shown so that it differs from 100. */
const short = (number = ''): string => String(Math.round(Number(number) * 1e6) / 1e6)

/** The sentence for a problem; one that has none yet is shown as it is. */
export function problemWords(problem: string): Bilingual {
  for (const [pattern, say] of WORDS) {
    const found = pattern.exec(problem)
    if (found) return say(...found.slice(1))
  }
  return { zh: `格式不符：${problem}`, en: problem }
}
